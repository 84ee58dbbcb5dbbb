// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../shared/table';
import { serviceKey } from '../../../../renderer/client/service';
import ImportDialog from '../../../../renderer/components/table/ImportDialog.vue';
import { FakeService } from '../../fakeService';
import { answer, fail } from '../../support/settle';
import { fileNamed, preview } from '../../support/tableFixtures';

async function openDialog(options: ImportOptions = {}) {
  const service = new FakeService();
  const dialog = mount(ImportDialog, {
    props: { file: fileNamed('a.csv'), options },
    global: { provide: { [serviceKey as symbol]: service } },
    attachTo: document.body,
  });
  await answer(service.calls('table.preview')[0], preview('a.csv', [['1', '2']]));
  const field = (label: string): HTMLSelectElement => {
    const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label);
    const named = document.querySelector(`[aria-label="${label}"]`);
    return (found ? document.getElementById(found.htmlFor) : named) as HTMLSelectElement;
  };
  async function choose(label: string, value: string): Promise<void> {
    const select = field(label);
    select.value = value;
    select.dispatchEvent(new Event('change'));
    await flushPromises();
  }
  const button = (text: string): HTMLButtonElement =>
    [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === text)!;
  return { service, dialog, choose, button };
}

afterEach(() => {
  document.body.innerHTML = '';
});

describe('the import dialog', () => {
  it('previews every change with all that was chosen so far, as plain data', async () => {
    const { service, choose } = await openDialog({ skippedLines: 2 });
    await choose('Cells are separated by', ';');
    await choose('Type of column 2', 'text');
    const { body } = service.calls('table.preview').at(-1)!;
    expect(body.options).toEqual({
      skippedLines: 2,
      delimiter: ';',
      columns: [{ index: 1, type: 'text' }],
    });
    // What crosses the port must be cloned: a reactive proxy cannot be.
    expect(structuredClone(body)).toEqual(body);
  });

  it('Apply hands over what was chosen, as plain data', async () => {
    const { dialog, choose, button } = await openDialog();
    await choose('Type of column 1', 'category');
    await choose('Decimal mark', ',');
    button('Apply').click();
    const [options] = dialog.emitted<[ImportOptions]>('apply')![0];
    expect(structuredClone(options)).toEqual({
      columns: [{ index: 0, type: 'category' }],
      decimal: ',',
    });
  });

  it('a choice taken back to automatic is left to be found again', async () => {
    const { service, choose } = await openDialog({ decimal: ',', columns: [{ index: 0, type: 'text' }] });
    await choose('Decimal mark', 'automatic');
    await choose('Type of column 1', 'automatic');
    expect(service.calls('table.preview').at(-1)?.body.options).toEqual({ columns: [] });
  });

  it('Cancel changes nothing', async () => {
    const { dialog, choose, button } = await openDialog();
    await choose('Decimal mark', ',');
    button('Cancel').click();
    expect(dialog.emitted('apply')).toBeUndefined();
    expect(dialog.emitted('close')).toHaveLength(1);
  });

  it('settings with which the file cannot be read cannot be applied, and say why', async () => {
    const { service, dialog, choose, button } = await openDialog();
    await choose('First row is a header', 'yes');
    await fail(service.calls('table.preview').at(-1)!, { kind: 'noDataRows', file: 'a.csv', columns: 2 });
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('no rows under it');
    button('Apply').click();
    expect(dialog.emitted('apply')).toBeUndefined();
  });
});
