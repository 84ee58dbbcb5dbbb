import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './App.vue';
import { checkedDesktop, desktopKey } from './client/desktop';
import { connectService, serviceKey } from './client/service';
import { recover } from './stores/recover';
import './styles/base.css';

// The content security policy allows no code made at run time.
z.config({ jitless: true });

const desktop = checkedDesktop(window.desktop);
const pinia = createPinia();
const service = connectService(desktop, (reason) => recover(pinia, reason));

createApp(App).provide(desktopKey, desktop).provide(serviceKey, service).use(pinia).mount('#app');
