import { createPinia, setActivePinia } from 'pinia';
import { createApp, defineComponent, h } from 'vue';
import type { ServiceClient } from '../../../shared/contract/port';
import { serviceKey } from '../../../renderer/client/service';

/** Makes stores that speak to `service`, as the window's root would. */
export function provideStores(service: ServiceClient): void {
  const pinia = createPinia();
  createApp(defineComponent(() => () => h('div')))
    .provide(serviceKey, service)
    .use(pinia);
  setActivePinia(pinia);
}
