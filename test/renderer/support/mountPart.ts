import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { defineComponent, h, type Component } from 'vue';
import { serviceKey } from '../../../renderer/client/service';
import { usePaintings } from '../../../renderer/stores/paintings';
import { usePictures } from '../../../renderer/stores/pictures';
import type { PictureSummary } from '../../../shared/image/picture';
import { FakeService } from '../fakeService';
import { pictureNamed } from './pictureFixtures';

export interface MountedPart {
  readonly wrapper: VueWrapper;
  readonly service: FakeService;
  readonly pinia: Pinia;
  readonly paintings: ReturnType<typeof usePaintings>;
}

/** ECharts needs a canvas, which a test page has not; its words and where it is clicked are what is looked at here. */
const EChart = defineComponent({
  name: 'EChart',
  props: { name: { type: String, required: true } },
  emits: ['pick', 'place'],
  setup: (props) => () => h('div', { role: 'img', 'aria-label': props.name }),
});

/** Mounts a part of the Colours room with a picture open, whose first preview waits for its answer. */
export async function mountPart(
  part: Component,
  picture: PictureSummary = pictureNamed('photo.png'),
): Promise<MountedPart> {
  const service = new FakeService();
  const pinia = createPinia();
  const wrapper = mount(part, {
    attachTo: document.body,
    global: { plugins: [pinia], provide: { [serviceKey as symbol]: service }, stubs: { EChart } },
  });
  usePictures(pinia).summary = picture;
  await flushPromises();
  return { wrapper, service, pinia, paintings: usePaintings(pinia) };
}
