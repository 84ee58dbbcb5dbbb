import { describe, expect, it } from 'vitest';
import { usePreview } from '../../../../renderer/components/table/usePreview';
import { FakeService } from '../../fakeService';
import { answer, fail } from '../../support/settle';
import { fileNamed, preview } from '../../support/tableFixtures';

const file = fileNamed('a.csv');

describe('usePreview', () => {
  it('drops an answer that comes after a later question', async () => {
    const service = new FakeService();
    const asking = usePreview(service);
    void asking.ask(file, { delimiter: ',' });
    void asking.ask(file, { delimiter: ';' });
    const [first, second] = service.calls('table.preview');
    expect(first.signal?.aborted).toBe(true);
    await answer(second, preview('a.csv', [['new', 'cells']]));
    await answer(first, preview('a.csv', [['stale cells']]));
    expect(asking.preview.value?.rows).toEqual([['new', 'cells']]);
    expect(asking.isAsking.value).toBe(false);
  });

  it('drops a failure that comes after a later question', async () => {
    const service = new FakeService();
    const asking = usePreview(service);
    void asking.ask(file, { skippedLines: 90 });
    void asking.ask(file, {});
    const [first] = service.calls('table.preview');
    await fail(first, { kind: 'emptyFile', file: 'a.csv' });
    expect(asking.failure.value).toBeNull();
    expect(asking.isAsking.value).toBe(true);
  });

  it('a failed reading keeps the rows before it in sight, until a good one', async () => {
    const service = new FakeService();
    const asking = usePreview(service);
    void asking.ask(file, {});
    await answer(service.calls('table.preview')[0], preview('a.csv', [['1']]));
    void asking.ask(file, { skippedLines: 90 });
    await fail(service.calls('table.preview')[1], { kind: 'emptyFile', file: 'a.csv' });
    expect(asking.preview.value?.rows).toEqual([['1']]);
    expect(asking.failure.value?.kind).toBe('emptyFile');
    void asking.ask(file, {});
    await answer(service.calls('table.preview')[2], preview('a.csv', [['2']]));
    expect(asking.failure.value).toBeNull();
  });

  it('after stop nothing arrives', async () => {
    const service = new FakeService();
    const asking = usePreview(service);
    void asking.ask(file, {});
    asking.stop();
    await answer(service.calls('table.preview')[0], preview('a.csv', [['1']]));
    expect(asking.preview.value).toBeNull();
  });
});
