// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Desktop, DroppedFile, GrantedFile, MenuCommand } from '../../shared/desktop';
import type { PictureFormat } from '../../shared/image/pictureFacts';
import App from '../../renderer/App.vue';
import { desktopKey } from '../../renderer/client/desktop';
import { serviceKey } from '../../renderer/client/service';
import { FakeService } from './fakeService';
import { pictureNamed } from './support/pictureFixtures';
import { answer, fail } from './support/settle';
import { column, fileNamed, table } from './support/tableFixtures';

enableAutoUnmount(afterEach);

/** The whole window, with a desktop whose dialogs answer at once. */
function openWindow(
  chosen: GrantedFile | readonly GrantedFile[] | null = fileNamed('a.csv'),
  dropped: DroppedFile | null = null,
) {
  const service = new FakeService();
  let menu: (command: MenuCommand) => void = () => undefined;
  const desktop: Desktop = {
    chooseFiles: () => Promise.resolve(chosen === null ? [] : [chosen].flat()),
    choosePalette: () => Promise.resolve(null),
    chooseFolder: () => Promise.resolve(fileNamed('photos')),
    grantDropped: () => Promise.resolve(dropped),
    openExample: (name) => Promise.resolve(fileNamed(name)),
    chooseSave: () => Promise.resolve(null),
    connect: () => undefined,
    onService: () => undefined,
    onMenu: (listener) => {
      menu = listener;
    },
    versions: { mixtura: '1.2.3', electron: '33.2.1', chromium: '130.0' },
  };
  const app = mount(App, {
    global: {
      plugins: [createPinia()],
      provide: { [serviceKey as symbol]: service, [desktopKey as symbol]: desktop },
    },
    attachTo: document.body,
  });
  /** The file that is looked at turns out to be this. */
  async function recognise(format: PictureFormat | null): Promise<void> {
    await answer(service.calls('picture.recognise').at(-1)!, { format, sizeBytes: 1000 });
  }
  async function press(key: string, ctrlKey = false): Promise<void> {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, cancelable: true }));
    await flushPromises();
  }
  async function drop(files = 1): Promise<void> {
    const dataTransfer = { files: Array.from({ length: files }, () => new File([], 'dropped')) };
    window.dispatchEvent(Object.assign(new Event('drop', { cancelable: true }), { dataTransfer }));
    await flushPromises();
  }
  async function choose(command: MenuCommand): Promise<void> {
    menu(command);
    await flushPromises();
  }
  return { app, service, press, choose, drop, recognise };
}

describe('the window', () => {
  it('Control and O opens the chosen file and shows its name and size', async () => {
    const { app, service, press, recognise } = openWindow();
    await press('o', true);
    await recognise(null);
    await answer(service.calls('table.open')[0]!, table('a.csv', [column()], 1_000_000));
    expect(app.find('h1').text()).toBe('a.csv');
    expect(app.find('header').text()).toContain('1,000,000 rows × 1 column');
    expect(document.title).toBe('a.csv - Mixtura');
  });

  it('a dialog that is closed without a choice changes nothing', async () => {
    const { app, service, choose } = openWindow(null);
    await choose('open');
    expect(service.calls('table.open')).toEqual([]);
    expect(app.text()).toContain('Drop a spreadsheet or a picture here');
  });

  it('Esc cancels what is being read and goes back to where one was', async () => {
    const { app, service, press, recognise } = openWindow();
    await press('o', true);
    await recognise(null);
    expect(app.find('footer').text()).toContain('Reading a.csv');
    await press('Escape');
    const opening = service.calls('table.open')[0]!;
    expect(opening.signal?.aborted).toBe(true);
    await fail(opening, { kind: 'cancelled' });
    expect(app.text()).toContain('Drop a spreadsheet or a picture here');
    expect(app.find('footer').text()).toContain('Reading a.csv was cancelled.');
  });

  it('a file that cannot be read is told in words, where one was', async () => {
    const { app, service, press, recognise } = openWindow();
    await press('o', true);
    await recognise(null);
    await fail(service.calls('table.open')[0]!, { kind: 'emptyFile', file: 'a.csv' });
    expect(app.find('[role="alert"]').text()).toContain('"a.csv" is empty.');
    expect(app.text()).toContain('Drop a spreadsheet or a picture here');
  });

  it('a picture is opened in the Image workspace and the table stays in its own', async () => {
    const { app, service, press, recognise } = openWindow();
    await press('o', true);
    await recognise(null);
    await answer(service.calls('table.open')[0]!, table('a.csv', [column()]));
    await press('o', true);
    await recognise('png');
    expect(app.find('header').text()).toContain('reading…');
    await answer(service.calls('picture.open')[0]!, pictureNamed('cat.png'));
    expect(app.find('h1').text()).toBe('cat.png');
    expect(app.find('header').text()).toContain('451 × 300 pixels, 32,584 colours');
    expect(app.find('header').text()).toContain('PNG of 241 kB');
    const rail = app.findAll('.rail button');
    expect(rail.find((one) => one.text() === 'Image')?.attributes('aria-current')).toBe('page');
    await rail.find((one) => one.text() === 'Table')?.trigger('click');
    expect(app.find('h1').text()).toBe('a.csv');
    expect(document.title).toBe('a.csv - Mixtura');
  });

  it('a picture that cannot be read is told where one was, and nothing is open', async () => {
    const { app, service, press, recognise } = openWindow(fileNamed('broken.png'));
    await press('o', true);
    await recognise('png');
    await fail(service.calls('picture.open')[0]!, {
      kind: 'damagedPicture',
      file: 'broken.png',
      format: 'png',
      problem: 'it ends too early',
    });
    expect(app.find('[role="alert"]').text()).toContain('broken.png');
    expect(app.text()).toContain('Drop a spreadsheet or a picture here');
  });

  it('of two files chosen in a row the second is opened, whichever is recognised first', async () => {
    const { service, press } = openWindow();
    await press('o', true);
    await press('o', true);
    const [first, second] = service.calls('picture.recognise');
    await answer(second!, { format: null, sizeBytes: 1000 });
    await answer(first!, { format: 'png', sizeBytes: 1000 });
    expect(service.calls('picture.open')).toEqual([]);
    expect(service.calls('table.open')).toHaveLength(1);
  });

  it('a folder is opened in the Batch room, without any picture open', async () => {
    const { app, choose } = openWindow();
    await choose('openFolder');
    expect(app.find('nav[aria-label="Steps"] [aria-current]').text()).toBe('Batch');
  });

  it('a dropped folder is opened in the Batch room, a dropped file as what it is', async () => {
    const folder = openWindow(null, { ...fileNamed('photos'), isFolder: true });
    await folder.drop();
    expect(folder.service.calls('folder.pictures')[0]?.body.folder).toBe('grant-photos');
    expect(folder.app.find('nav[aria-label="Steps"] [aria-current]').text()).toBe('Batch');

    const file = openWindow(null, { ...fileNamed('cat.png'), isFolder: false });
    await file.drop();
    await file.recognise('png');
    expect(file.service.calls('picture.open')[0]?.body.file).toBe('grant-cat.png');
  });

  /** A window in which files were chosen at once, of which those are pictures that are called so. */
  async function openAtOnce(...names: string[]) {
    const opened = openWindow(names.map((name) => fileNamed(name)));
    await opened.press('o', true);
    for (const { answer: tell, body } of opened.service.calls('picture.recognise')) {
      const format = body.file.endsWith('.png') ? ('png' as const) : null;
      tell({ format, sizeBytes: 1000 });
    }
    await flushPromises();
    return opened;
  }
  /** Rooms are loaded when they are first shown. */
  const roomText = (app: ReturnType<typeof openWindow>['app']): Promise<string> =>
    vi.waitFor(() => app.get('section[aria-label="Batch"]').text(), { timeout: 20_000 });
  const footer = (app: ReturnType<typeof openWindow>['app']): string => app.find('footer.bar').text();

  it('several pictures at once are listed in the Batch room, and a table among them is named', async () => {
    const { app, service } = await openAtOnce('cat.png', 'notes.csv', 'dog.png');
    expect(app.find('nav[aria-label="Steps"] [aria-current]').text()).toBe('Batch');
    const room = await roomText(app);
    expect(room).toContain('2 chosen pictures');
    expect(room).toMatch(/cat\.png.*dog\.png/s);
    expect(room).not.toContain('notes.csv');
    expect(footer(app)).toContain('Left aside: notes.csv. Open it by itself.');
    expect([...service.calls('picture.open'), ...service.calls('table.open')]).toEqual([]);
  });

  it('of two pictures of one name the second is named as left aside', async () => {
    const opened = openWindow([
      fileNamed('cat.png'),
      { ...fileNamed('other'), name: 'cat.png' },
      fileNamed('dog.png'),
    ]);
    await opened.press('o', true);
    for (const call of opened.service.calls('picture.recognise'))
      call.answer({ format: 'png', sizeBytes: 1 });
    await flushPromises();
    expect(await roomText(opened.app)).toContain('2 chosen pictures');
    expect(footer(opened.app)).toContain('Left aside: cat.png.');
  });

  it('of two tables at once the first is opened, and the other is named', async () => {
    const { app, service } = await openAtOnce('a.csv', 'b.csv');
    await flushPromises();
    const again = service.calls('picture.recognise').at(-1)!;
    await answer(again, { format: null, sizeBytes: 1000 });
    expect(service.calls('table.open').map(({ body }) => body.file)).toEqual(['grant-a.csv']);
    await answer(service.calls('table.open')[0]!, table('a.csv', [column()]));
    expect(footer(app)).toContain('Left aside: b.csv.');
  });

  it('a picture of a format that is not read is refused as a picture', async () => {
    const { app, service, press } = openWindow(fileNamed('photo.heic'));
    await press('o', true);
    const unread = { kind: 'unreadPicture', file: 'photo.heic', format: 'HEIC' } as const;
    await fail(service.calls('picture.recognise')[0]!, unread);
    await fail(service.calls('picture.open')[0]!, unread);
    expect(app.text()).toContain('"photo.heic" is an HEIC picture, which is not read. Save it as PNG');
  });

  it('files and folders dropped at once: the folder that comes first is opened, the others are named', async () => {
    const { app, service, drop } = openWindow(null, { ...fileNamed('photos'), isFolder: true });
    await drop(3);
    expect(service.calls('folder.pictures')).toHaveLength(1);
    expect(footer(app)).toContain('Left aside: photos and 1 other. Open them one by one.');
  });

  it('what is dropped and is no file of this computer is refused in words', async () => {
    const { app, drop } = openWindow(null, null);
    await drop();
    expect(app.find('footer').text()).toContain('Only files of this computer');
  });

  it('an example is opened by its button', async () => {
    const { app, service, recognise } = openWindow();
    const example = app.findAll('button').find((button) => button.text() === 'Old Faithful');
    await example?.trigger('click');
    await flushPromises();
    await recognise(null);
    expect(service.calls('table.open')[0]?.body.file).toBe('grant-faithful.csv');
  });

  it('a step with nothing to show says why instead of opening', async () => {
    const { app, service, press, recognise } = openWindow();
    await press('o', true);
    await recognise(null);
    await answer(service.calls('table.open')[0]!, table('a.csv', [column()]));
    const results = app.findAll('nav button').find((button) => button.text() === 'Results');
    expect(results?.attributes('aria-disabled')).toBe('true');
    await results?.trigger('click');
    expect(app.find('footer').text()).toContain('Nothing has been fitted yet.');
  });

  it('About says that nothing leaves, and on which Electron it runs', async () => {
    const { service, choose } = openWindow();
    await choose('about');
    await answer(service.calls('service.about')[0]!, { version: '1.2.3', runtime: 'Node 20', threads: 2 });
    const dialog = document.querySelector('[role="dialog"]');
    expect(dialog?.textContent).toContain('Nothing leaves this computer.');
    expect(dialog?.textContent).toContain('33.2.1');
    expect(dialog?.textContent).toContain('2 threads');
  });

  it('a fault is said, not swallowed', async () => {
    const { app } = openWindow();
    const event = Object.assign(new Event('unhandledrejection'), { reason: new Error('Out of order.') });
    window.dispatchEvent(event);
    await flushPromises();
    expect(app.find('main').text()).toContain('A fault in Mixtura: Out of order.');
  });
});
