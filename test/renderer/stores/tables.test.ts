// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportNotice } from '../../../shared/importNotice';
import { useTables } from '../../../renderer/stores/tables';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { answer, fail } from '../support/settle';
import { column, fileNamed, preview, table } from '../support/tableFixtures';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  provideStores(service);
});

const last = <C extends 'table.open' | 'table.close'>(call: C) => service.calls(call).at(-1)!;

describe('opening a file', () => {
  it('shows the first rows before the whole file is read', async () => {
    const tables = useTables();
    const opening = tables.open(fileNamed('a.csv'));
    last('table.open').emit({ kind: 'firstRows', preview: preview('a.csv', [['1', '2']]) });
    expect(tables.reading?.preview?.rows).toEqual([['1', '2']]);
    expect(useWorkspace().room).toBe('data');

    await answer(last('table.open'), table('a.csv', [column()]));
    expect(await opening).toBe(true);
    expect(tables.reading).toBeNull();
    expect(tables.summary?.fileName).toBe('a.csv');
  });

  it('shows progress by bytes in the status bar until it is done', async () => {
    const tables = useTables();
    const workspace = useWorkspace();
    void tables.open(fileNamed('a.csv'));
    last('table.open').emit({ kind: 'progress', bytes: 30, totalBytes: 120, rows: 7 });
    expect(workspace.currentTask?.fraction).toBe(0.25);
    expect(workspace.currentTask?.detail).toBe('7 rows · 30 B of 120 B');
    await answer(last('table.open'), table('a.csv', [column()]));
    expect(workspace.currentTask).toBeNull();
  });

  it('keeps the later of two files whatever the order of their answers', async () => {
    const tables = useTables();
    void tables.open(fileNamed('slow.csv'));
    void tables.open(fileNamed('quick.csv'));
    const [slow, quick] = service.calls('table.open');
    expect(slow.signal?.aborted).toBe(true);
    await answer(quick, table('quick.csv', [column()]));
    slow.emit({ kind: 'firstRows', preview: preview('slow.csv', [['stale']]) });
    await answer(slow, table('slow.csv', [column()]));

    expect(tables.summary?.fileName).toBe('quick.csv');
    expect(tables.reading).toBeNull();
    // The table nobody will see is given back.
    expect(last('table.close').body).toEqual({ table: 'table-slow.csv' });
  });

  it('keeps the open table when the next file cannot be read', async () => {
    const tables = useTables();
    void tables.open(fileNamed('good.csv'));
    await answer(last('table.open'), table('good.csv', [column()]));
    void tables.open(fileNamed('bad.csv'));
    await fail(last('table.open'), { kind: 'emptyFile', file: 'bad.csv' });

    expect(tables.summary?.fileName).toBe('good.csv');
    expect(tables.openFailure?.failure).toEqual({ kind: 'emptyFile', file: 'bad.csv' });
    expect(service.calls('table.close')).toEqual([]);
    expect(useWorkspace().room).toBe('data');
  });

  it('goes back to the start when the first file cannot be read', async () => {
    const tables = useTables();
    void tables.open(fileNamed('bad.csv'));
    await fail(last('table.open'), { kind: 'emptyFile', file: 'bad.csv' });
    expect(useWorkspace().room).toBe('start');
    expect(useWorkspace().blocked.data).not.toBeNull();
  });

  it('cancelled by Esc keeps the table before and reports no failure', async () => {
    const tables = useTables();
    void tables.open(fileNamed('first.csv'));
    await answer(last('table.open'), table('first.csv', [column()]));
    void tables.open(fileNamed('second.csv'));
    expect(useWorkspace().cancelTask()).toBe(true);
    expect(last('table.open').signal?.aborted).toBe(true);
    await fail(last('table.open'), { kind: 'cancelled' });

    expect(tables.summary?.fileName).toBe('first.csv');
    expect(tables.openFailure).toBeNull();
    expect(useWorkspace().cancelTask()).toBe(false);
  });

  it('gives the table before back once the next one is there', async () => {
    const tables = useTables();
    void tables.open(fileNamed('first.csv'));
    await answer(last('table.open'), table('first.csv', [column()]));
    void tables.open(fileNamed('second.csv'));
    expect(service.calls('table.close')).toEqual([]);
    await answer(last('table.open'), table('second.csv', [column()]));
    expect(last('table.close').body).toEqual({ table: 'table-first.csv' });
  });
});

describe('roles', () => {
  const columns = [
    column({ name: 'id', type: 'integer', suggestedRole: 'identifier' }),
    column({ name: 'length', type: 'number' }),
    column({ name: 'species', type: 'category' }),
    column({ name: 'price', type: 'currency' }),
  ];

  async function openFile(name = 'a.csv'): Promise<void> {
    void useTables().open(fileNamed(name));
    await answer(last('table.open'), table(name, columns));
  }

  it('features are the columns whose role is feature, in the order of the table', async () => {
    await openFile();
    expect(useTables().features).toEqual(['length', 'price']);
    useTables().setRole('id', 'feature');
    useTables().setRole('length', 'ignore');
    expect(useTables().features).toEqual(['id', 'price']);
    expect(useTables().roles).toEqual(['feature', 'ignore', 'label', 'feature']);
  });

  it('a category becomes a feature when a person says so, a date never', async () => {
    const opening = useTables().open(fileNamed('a.csv'));
    const columns = [column({ name: 'species', type: 'category' }), column({ name: 'day', type: 'date' })];
    await answer(last('table.open'), table('a.csv', columns));
    await opening;
    expect(useTables().features).toEqual([]);
    useTables().setRoles(['species', 'day'], 'feature');
    expect(useTables().roles).toEqual(['feature', 'label']);
    expect(useTables().features).toEqual(['species']);
  });

  it('chosen roles survive reading the same file again, by name of the column', async () => {
    await openFile();
    useTables().setRole('length', 'ignore');
    void useTables().reopen({ decimal: ',' });
    await answer(last('table.open'), table('a.csv', [columns[3], columns[1]]));
    expect(useTables().features).toEqual(['price']);
  });

  it('another file begins with its own roles', async () => {
    await openFile('a.csv');
    useTables().setRole('length', 'ignore');
    await openFile('b.csv');
    expect(useTables().features).toEqual(['length', 'price']);
  });
});

describe('when the service was lost and started again', () => {
  it('the table is opened again from its file and options, and a banner says so', async () => {
    const tables = useTables();
    const options = { decimal: ',' as const, skippedLines: 2 };
    void tables.open(fileNamed('a.csv'), options);
    await answer(last('table.open'), table('a.csv', [column()]));
    tables.setRole('length', 'ignore');

    void tables.reopenAfterRestart('out of memory');
    expect(last('table.open').body).toEqual({ file: 'grant-a.csv', options });
    // A new service counts from the beginning, so the id may well be the old one.
    await answer(last('table.open'), table('a.csv', [column()], 4));

    expect(tables.summary?.rows).toBe(4);
    expect(tables.features).toEqual([]);
    // The old id means nothing to the new service.
    expect(service.calls('table.close')).toEqual([]);
  });

  it('a file that was being read is read again', async () => {
    const tables = useTables();
    void tables.open(fileNamed('a.csv'));
    await fail(last('table.open'), { kind: 'serviceLost', reason: 'crashed' });
    expect(tables.openFailure).toBeNull();

    void tables.reopenAfterRestart('crashed');
    expect(service.calls('table.open')).toHaveLength(2);
    await answer(last('table.open'), table('a.csv', [column()]));
    expect(tables.summary?.fileName).toBe('a.csv');
  });

  it('a file at which the service is lost twice is not read a third time', async () => {
    const tables = useTables();
    void tables.open(fileNamed('huge.csv'));
    await fail(last('table.open'), { kind: 'serviceLost', reason: 'out of memory' });
    void tables.reopenAfterRestart('out of memory');
    await fail(last('table.open'), { kind: 'serviceLost', reason: 'out of memory' });
    void tables.reopenAfterRestart('out of memory');

    expect(service.calls('table.open')).toHaveLength(2);
    expect(tables.reading).toBeNull();
    expect(useWorkspace().room).toBe('start');
    expect(useWorkspace().banner?.text).toContain('twice while reading "huge.csv"');
  });

  it('with nothing open, nothing is opened', async () => {
    await useTables().reopenAfterRestart('crashed');
    expect(service.calls('table.open')).toEqual([]);
  });
});

describe('answers to questions about the reading', () => {
  const question: ImportNotice = {
    kind: 'ambiguousNumbers',
    column: 0,
    text: '1,234',
    decimal: ',',
    value: 1.234,
    otherValue: 1234,
  };

  it('a confirming answer closes the question without reading again, and is kept', async () => {
    const tables = useTables();
    void tables.open(fileNamed('a.csv'));
    await answer(last('table.open'), table('a.csv', [column()], 3, [question]));
    expect(tables.openNotices).toEqual([question]);
    tables.answer(question, { label: '', options: { decimal: ',' }, changesReading: false });
    expect(tables.openNotices).toEqual([]);
    expect(service.calls('table.open')).toHaveLength(1);
    void tables.reopenAfterRestart('crashed');
    expect(last('table.open').body).toMatchObject({ options: { decimal: ',' } });
  });

  it('a changing answer reads the file again as it says', async () => {
    const tables = useTables();
    void tables.open(fileNamed('a.csv'));
    await answer(last('table.open'), table('a.csv', [column()], 3, [question]));
    tables.answer(question, { label: '', options: { decimal: '.' }, changesReading: true });
    expect(last('table.open').body).toEqual({ file: 'grant-a.csv', options: { decimal: '.' } });
  });
});
