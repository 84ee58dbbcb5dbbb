import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  _electron,
  expect,
  test as base,
  type ElectronApplication,
  type Locator,
  type Page,
} from 'playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

type TableStep = 'Data' | 'Model' | 'Choose K' | 'Results' | 'Export';
type ImageStep = 'Colours' | 'Segments' | 'Save' | 'Batch';
type Step = TableStep | ImageStep;

/** The running program as a person and the desktop see it. */
export interface Program {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder of this test, removed after it. */
  readonly folder: string;
  /** Answers the next Open dialogs with a file, as if a person had chosen it. */
  chooseToOpen(file: string): Promise<void>;
  /** Answers the next Save dialogs with a file of the test's folder, and returns its path. */
  chooseToSave(name: string): Promise<string>;
  /** Opens a file through the window's own Open button and the dialog. */
  open(file: string): Promise<void>;
  /** Opens one of the examples on the Start page. */
  openExample(name: 'Old Faithful' | 'Iris' | 'Wine' | 'Chelsea'): Promise<void>;
  /** Goes to a step of the workspace in sight. */
  go(step: Step): Promise<void>;
  /** Says that errors of this form may be logged in this test. */
  expectErrors(pattern: RegExp): void;
  /** Ends the engine process the hard way. */
  killEngine(): Promise<void>;
}

/** A test that starts the program before it and ends it after; anything the window logs as an error fails it. */
export const test = base.extend<{ program: Program }>({
  program: async ({}, use, info) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mixtura-'));
    const app = await _electron.launch({
      // Root cannot run Chromium's sandbox; anyone else gets the real one unless the machine refuses it.
      chromiumSandbox: process.getuid?.() !== 0 && process.env['MIXTURA_NO_SANDBOX'] === undefined,
      args: [root, '--log-level=3', `--user-data-dir=${path.join(folder, 'profile')}`],
    });
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Old Faithful', exact: true }).waitFor();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const expected: RegExp[] = [];
    await use(makeProgram(app, page, folder, expected));
    const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
    if (info.status === info.expectedStatus) expect(unexpected).toEqual([]);
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

function makeProgram(app: ElectronApplication, page: Page, folder: string, expected: RegExp[]): Program {
  const program: Program = {
    app,
    page,
    folder,
    chooseToOpen: (file) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, file),
    async chooseToSave(name) {
      const file = path.join(folder, name);
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      }, file);
      return file;
    },
    async open(file) {
      await program.chooseToOpen(file);
      await page.keyboard.press('Control+o');
    },
    openExample: (name) => page.getByRole('button', { name, exact: true }).click(),
    async go(step) {
      const button = page
        .getByRole('navigation', { name: 'Steps' })
        .getByRole('button', { name: step, exact: true });
      // A step stays closed, though it can be clicked, until there is something to show.
      await expect(button).not.toHaveAttribute('aria-disabled', 'true');
      await button.click();
      await expect(page.getByRole('region', { name: step, exact: true })).toBeVisible();
    },
    expectErrors: (pattern) => void expected.push(pattern),
    async killEngine() {
      const pid = await app.evaluate(
        ({ app: electron }) =>
          electron.getAppMetrics().find(({ name }) => name === 'Mixtura engine')?.pid ?? null,
      );
      if (pid === null) throw new Error('There is no engine process.');
      process.kill(pid, 'SIGKILL');
    },
  };
  return program;
}

/** The number of rows and columns the frame shows for the open table. */
export const tableShape = (page: Page): Locator => page.getByRole('banner');

export { expect };
export const exampleFile = (name: string): string => path.join(root, 'examples', name);
export const nastyFile = (name: string): string => path.join(root, 'test/files/data', name);
