import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { defineComponent, h, type Component } from 'vue';
import { desktopKey } from '../../../renderer/client/desktop';
import { serviceKey } from '../../../renderer/client/service';
import { useTables } from '../../../renderer/stores/tables';
import type { Desktop } from '../../../shared/desktop';
import { grantId } from '../../../shared/ids';
import type { TableSummary } from '../../../shared/table';
import { FakeService } from '../fakeService';

export interface MountedPage {
  readonly wrapper: VueWrapper;
  readonly service: FakeService;
  readonly pinia: Pinia;
}

/** ECharts needs a canvas, which a test page has not; the chart's words are what is looked at here. */
const EChart = defineComponent({
  props: { name: { type: String, required: true } },
  setup: (props) => () => h('div', { role: 'img', 'aria-label': props.name }),
});

/** The grid measures itself, which a test page cannot; pages only tell it where to go. */
const DataGrid = defineComponent({
  setup: (_, { expose }) => {
    expose({ showRow: () => undefined });
    return () => h('div');
  },
});

/** A desktop whose save dialog answers `saved.csv`, or nothing when the person changes their mind. */
export function savingDesktop(isChosen = true): Desktop {
  return {
    chooseSave: () =>
      Promise.resolve(isChosen ? { grant: grantId.parse('grant-save'), name: 'saved.csv' } : null),
  } as unknown as Desktop;
}

/** Mounts a page with an open table, a fake service and no real chart. */
export async function mountPage(
  page: Component,
  table: TableSummary,
  desktop = savingDesktop(),
): Promise<MountedPage> {
  const service = new FakeService();
  const pinia = createPinia();
  const wrapper = mount(page, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: { [serviceKey as symbol]: service, [desktopKey as symbol]: desktop },
      stubs: { EChart, DataGrid },
    },
  });
  useTables(pinia).summary = table;
  await flushPromises();
  return { wrapper, service, pinia };
}
