// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { desktopKey } from '../../../renderer/client/desktop';
import { serviceKey } from '../../../renderer/client/service';
import ColoursPage from '../../../renderer/pages/ColoursPage.vue';
import { usePictures } from '../../../renderer/stores/pictures';
import { FakeService } from '../fakeService';
import { pictureNamed } from '../support/pictureFixtures';
import { answer, fail } from '../support/settle';
import { fileNamed } from '../support/tableFixtures';
import { savingDesktop } from './mountPage';

enableAutoUnmount(afterEach);
afterEach(() => vi.unstubAllGlobals());

let isNarrow = false;
beforeEach(() => {
  isNarrow = false;
  vi.stubGlobal('matchMedia', (media: string) => ({
    matches: isNarrow,
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

async function openPage() {
  const service = new FakeService();
  const pinia = createPinia();
  const page = mount(ColoursPage, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: { [serviceKey as symbol]: service, [desktopKey as symbol]: savingDesktop() },
      stubs: { EChart: true },
    },
  });
  const pictures = usePictures(pinia);
  void pictures.open(fileNamed('cat.png'));
  await flushPromises();
  const show = (facts: Partial<ReturnType<typeof pictureNamed>['facts']> = {}) => {
    const picture = pictureNamed('cat.png');
    return answer(service.calls('picture.open').at(-1)!, {
      ...picture,
      facts: { ...picture.facts, ...facts },
    });
  };
  const tabs = () => page.findAll('[role=tab]').map((tab) => tab.text());
  return { page, service, pictures, show, tabs };
}

test('says what is being read, until it is there', async () => {
  const { page, show } = await openPage();
  expect(page.text()).toContain('Reading the picture');
  expect(page.text()).toContain('cat.png');
  await show();
  expect(page.text()).not.toContain('Reading the picture');
  expect(page.find('[role=application]').attributes('aria-label')).toBe('Picture cat.png');
});

test('what was done to the picture is said until it is dismissed, and again of the next', async () => {
  const { page, pictures, show } = await openPage();
  await show({ bits: 16, frames: 3 });
  expect(page.text()).toContain('16 bits a channel were reduced to 8');
  await page.find('[aria-label=Dismiss]').trigger('click');
  expect(page.text()).not.toContain('16 bits');
  void pictures.open(fileNamed('dog.png'));
  await show({ orientation: 6 });
  expect(page.text()).toContain('turned upright');
});

test('a picture that cannot be read is told over the one that is open', async () => {
  const { page, service, pictures, show } = await openPage();
  await show();
  void pictures.open(fileNamed('bad.png'));
  await fail(service.calls('picture.open').at(-1)!, {
    kind: 'damagedPicture',
    file: 'bad.png',
    format: 'png',
    problem: 'it ends too early',
  });
  expect(page.find('[role=alert]').text()).toContain('bad.png');
  expect(page.find('[role=application]').attributes('aria-label')).toBe('Picture cat.png');
});

test('the form has a column of its own, and where there is no room the first tab', async () => {
  const wide = await openPage();
  await wide.show();
  expect(wide.tabs()).toEqual(['Palette', 'Curve', 'Convergence']);
  isNarrow = true;
  const narrow = await openPage();
  await narrow.show();
  expect(narrow.tabs()).toEqual(['Settings', 'Palette', 'Curve', 'Convergence']);
  const form = () => narrow.page.find('.side').element as HTMLElement;
  expect(form().style.display).toBe('');
  await narrow.page.findAll('[role=tab]')[1]!.trigger('click');
  expect(form().style.display).toBe('none');
  expect(narrow.page.find('[role=tab][aria-selected=true]').text()).toBe('Palette');
});

test('a file of several frames says which is seen, and paints it alone or all with one palette', async () => {
  const { page, pictures, service, show } = await openPage();
  await show();
  expect(page.find('[aria-label="Frames of the file"]').exists()).toBe(false);
  void pictures.open(fileNamed('wave.gif'));
  await show({ format: 'gif', frames: 12, frame: 0 });
  const bar = page.get('[aria-label="Frames of the file"]');
  expect(bar.text()).toContain('of 12');
  expect(bar.get('[aria-label="Frame before"]').attributes('aria-disabled')).toBe('true');
  await bar.get('[aria-label="Next frame"]').trigger('click');
  expect(service.calls('picture.open').at(-1)!.body.frame).toBe(1);
  await show({ format: 'gif', frames: 12, frame: 1 });
  await bar.findAll('input[type=radio]')[1]!.setValue();
  expect(service.calls('picture.open').at(-1)!.body.frame).toBe('all');
});
