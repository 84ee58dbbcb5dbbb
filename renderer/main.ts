import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './App.vue';
import { checkedDesktop, desktopKey } from './client/desktop';
import { connectService, serviceKey } from './client/service';
import { usePictures } from './stores/pictures';
import { useTables } from './stores/tables';
import './styles/base.css';

// The content security policy allows no code made at run time.
z.config({ jitless: true });

const desktop = checkedDesktop(window.desktop);
const pinia = createPinia();
const service = connectService(desktop, (reason) => {
  void useTables(pinia).reopenAfterRestart(reason);
  void usePictures(pinia).reopenAfterRestart(reason);
});

createApp(App).provide(desktopKey, desktop).provide(serviceKey, service).use(pinia).mount('#app');
