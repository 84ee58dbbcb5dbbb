// @vitest-environment happy-dom
import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { desktopKey } from '../../../../renderer/client/desktop';
import { serviceKey } from '../../../../renderer/client/service';
import PalettePanel from '../../../../renderer/components/picture/PalettePanel.vue';
import { usePaintings } from '../../../../renderer/stores/paintings';
import { usePictures } from '../../../../renderer/stores/pictures';
import { useSwatchChoice } from '../../../../renderer/stores/swatchChoice';
import { useSwatchNames } from '../../../../renderer/stores/swatchNames';
import { useWorkspace } from '../../../../renderer/stores/workspace';
import type { PaintingSummary } from '../../../../shared/image/painting';
import { FakeService } from '../../fakeService';
import { paintingNamed, swatchOf } from '../../support/paintingFixtures';
import { pictureNamed } from '../../support/pictureFixtures';
import { answer, fail } from '../../support/settle';
import { fileNamed } from '../../support/tableFixtures';

let wrapper: VueWrapper;
let service: FakeService;
let pinia: Pinia;
afterEach(() => wrapper.unmount());

async function show(painting: PaintingSummary | null = paintingNamed('first')): Promise<void> {
  service = new FakeService();
  pinia = createPinia();
  wrapper = mount(PalettePanel, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: {
        [serviceKey as symbol]: service,
        [desktopKey as symbol]: {
          choosePalette: () => Promise.resolve(fileNamed('brand.gpl')),
          chooseSave: (name: string) => Promise.resolve(fileNamed(name)),
        },
      },
    },
  });
  usePictures(pinia).summary = pictureNamed('photo.png');
  usePaintings(pinia);
  await flushPromises();
  if (painting !== null) await answer(service.calls('picture.quantise')[0], painting);
}

const options = (): DOMWrapper<Element>[] => wrapper.findAll('[role=option]');
const chosen = (): string[] =>
  options()
    .filter((option) => option.attributes('aria-selected') === 'true')
    .map((option) => option.attributes('aria-label')!.split(',')[0]);
const button = (text: string) => wrapper.findAll('button').find((one) => one.text().startsWith(text))!;
const key = (at: number, name: string, more = {}) => options()[at].trigger('keydown', { key: name, ...more });
const edits = () => service.calls('painting.edit');

test('before there is a painting it says what will come', async () => {
  await show(null);
  expect(wrapper.text()).toContain('once they are found');
  expect(wrapper.find('button').exists()).toBe(false);
});

test('each colour is told with name, share, code and pixels, and whether it is locked', async () => {
  await show(
    paintingNamed('first', {
      swatches: [swatchOf('#a0522d', 75), swatchOf('#c0c0c0', 25, { isLocked: true })],
      names: ['sienna', 'silver'],
    }),
  );
  expect(options().map((option) => option.attributes('aria-label'))).toEqual([
    'sienna, 75 %, #a0522d, 75 pixels',
    'silver, 25 %, #c0c0c0, 25 pixels, locked',
  ]);
  expect(wrapper.text()).toContain('2 colours, 1 locked');
});

test('the colour with the most pixels is listed first, and what is chosen is meant wherever it stands', async () => {
  await show(
    paintingNamed('first', {
      swatches: [
        swatchOf('#ff0000', 1, { isLocked: true }),
        swatchOf('#a0522d', 60),
        swatchOf('#c0c0c0', 70),
      ],
      names: ['red', 'brown', 'brown'],
    }),
  );
  expect(options().map((option) => option.attributes('aria-label')!.split(',')[0])).toEqual([
    'brown',
    'brown 2',
    'red',
  ]);
  await options()[0].trigger('click');
  expect(chosen()).toEqual(['brown']);
  await key(0, 'Delete');
  await flushPromises();
  expect(edits()[0].body.edit).toEqual({ kind: 'remove', at: 2 });
});

test('arrows choose, and one colour alone is in the tab order', async () => {
  await show();
  await key(0, 'ArrowDown');
  expect(chosen()).toEqual(['silver']);
  expect(document.activeElement).toBe(options()[1].element);
  await key(1, 'End');
  expect(chosen()).toEqual(['black']);
  expect(options().map((option) => option.attributes('tabindex'))).toEqual(['-1', '-1', '0']);
});

test('with Control a second colour is chosen beside the first, and let go', async () => {
  await show();
  await options()[0].trigger('click');
  await key(0, 'ArrowDown', { ctrlKey: true });
  expect(chosen()).toEqual(['sienna']);
  await key(1, ' ', { ctrlKey: true });
  expect(chosen()).toEqual(['sienna', 'silver']);
  await options()[2].trigger('click', { ctrlKey: true });
  expect(chosen()).toEqual(['silver', 'black']);
  await options()[2].trigger('click', { ctrlKey: true });
  expect(chosen()).toEqual(['silver']);
});

test('L locks the colour under the focus, Delete removes it', async () => {
  await show();
  await key(0, 'l');
  await flushPromises();
  expect(edits()[0].body.edit).toEqual({ kind: 'lock', at: 0, isLocked: true });
  await answer(
    edits()[0],
    paintingNamed('locked', {
      swatches: paintingNamed('first').swatches.map((swatch, at) => ({ ...swatch, isLocked: at === 0 })),
    }),
  );
  await key(0, 'ArrowDown');
  await key(1, 'Delete');
  await flushPromises();
  expect(edits()[1].body).toEqual({ painting: 'painting-locked', edit: { kind: 'remove', at: 1 } });
});

test('after a colour was removed the focus is on the list again', async () => {
  await show();
  const { swatches, names } = paintingNamed('first');
  await key(0, 'End');
  await key(2, 'Delete');
  await flushPromises();
  await answer(
    edits()[0],
    paintingNamed('two', { swatches: swatches.slice(0, 2), names: names.slice(0, 2) }),
  );
  expect(document.activeElement).toBe(options()[1].element);
});

test('the last colour and a transparent one are not removed', async () => {
  await show(
    paintingNamed('one', {
      swatches: [swatchOf('#a0522d', 60), swatchOf('#00000000', 40)],
      names: ['sienna', 'transparent'],
    }),
  );
  await key(0, 'ArrowDown');
  await key(1, 'Delete');
  await flushPromises();
  expect(edits()).toHaveLength(0);
  expect(wrapper.text()).toContain('Transparent pixels stay transparent.');
});

test('a code typed changes the colour, whose name goes along; what is no colour is said to be none', async () => {
  await show();
  await options()[0].trigger('click');
  const name = wrapper.find('input[aria-label=Name]');
  await name.setValue('fur');
  await name.trigger('change');
  const hex = wrapper.find('input[aria-label=Hexadecimal]');
  await hex.setValue('00f00');
  await hex.trigger('change');
  expect(wrapper.find('[role=alert]').text()).toContain('Six digits');
  expect(edits()).toHaveLength(0);
  await hex.setValue('0000ff');
  await hex.trigger('change');
  await flushPromises();
  const blue = { red: 0, green: 0, blue: 255, opacity: 255 };
  expect(edits()[0].body.edit).toEqual({ kind: 'recolour', at: 0, colour: blue });
  const { swatches } = paintingNamed('first');
  await answer(
    edits()[0],
    paintingNamed('blue', {
      swatches: [{ ...swatches[0], colour: blue, isLocked: true }, ...swatches.slice(1)],
      names: ['blue', 'silver', 'black'],
    }),
  );
  expect(chosen()).toEqual(['fur']);
  expect(wrapper.find('[role=alert]').exists()).toBe(false);
});

test('the field that a colour is typed into keeps the focus when the palette has changed', async () => {
  await show();
  await options()[0].trigger('click');
  const field = wrapper.findAll<HTMLInputElement>('[role=spinbutton]')[1];
  field.element.focus();
  await field.setValue('90');
  await flushPromises();
  const { swatches } = paintingNamed('first');
  const changed = { ...swatches[0], colour: { red: 160, green: 90, blue: 45, opacity: 255 } };
  await answer(edits()[0], paintingNamed('changed', { swatches: [changed, ...swatches.slice(1)] }));
  expect(document.activeElement).toBe(field.element);
  expect(chosen()).toEqual(['sienna']);
});

test('levels typed faster than the palette changes all count', async () => {
  await show();
  await options()[0].trigger('click');
  const [red, green] = wrapper.findAll<HTMLInputElement>('[role=spinbutton]');
  red.element.focus();
  await red.setValue('10');
  green.element.focus();
  await green.setValue('20');
  await flushPromises();
  const { swatches } = paintingNamed('first');
  const paintedWith = (level: number) =>
    paintingNamed(`red ${level}`, {
      swatches: [
        { ...swatches[0], colour: { red: 10, green: level, blue: 45, opacity: 255 } },
        ...swatches.slice(1),
      ],
    });
  await answer(edits()[0], paintedWith(82));
  expect(document.activeElement).toBe(green.element);
  expect(edits()[1].body.edit).toMatchObject({ colour: { red: 10, green: 20, blue: 45 } });
  await answer(edits()[1], paintedWith(20));
  expect(chosen()).toEqual(['sienna']);
  expect(document.activeElement).toBe(green.element);
});

test('a change that fails leaves the colour chosen', async () => {
  await show();
  await options()[0].trigger('click');
  const field = wrapper.findAll('[role=spinbutton]')[1];
  await field.setValue('90');
  await flushPromises();
  await fail(edits()[0], { kind: 'unknownPicture' });
  expect(chosen()).toEqual(['sienna']);
});

test('a name that is emptied is the one nobody chose again', async () => {
  await show();
  await options()[1].trigger('click');
  const name = wrapper.find<HTMLInputElement>('input[aria-label=Name]');
  await name.setValue(' ');
  await name.trigger('change');
  await flushPromises();
  expect(name.element.value).toBe('silver');
});

test('a level typed changes its channel alone', async () => {
  await show();
  await options()[0].trigger('click');
  const green = wrapper.findAll('[role=spinbutton]')[1];
  await green.setValue('90');
  await green.trigger('change');
  await flushPromises();
  expect(edits()[0].body.edit).toEqual({
    kind: 'recolour',
    at: 0,
    colour: { red: 160, green: 90, blue: 45, opacity: 255 },
  });
});

test('two colours merge, the name of one stays with what they become', async () => {
  await show();
  await options()[2].trigger('click');
  const name = wrapper.find('input[aria-label=Name]');
  await name.setValue('pupil');
  await name.trigger('change');
  await options()[0].trigger('click', { ctrlKey: true });
  await button('Merge').trigger('click');
  await flushPromises();
  expect(edits()[0].body.edit).toEqual({ kind: 'merge', one: 2, other: 0 });
  await answer(
    edits()[0],
    paintingNamed('merged', {
      swatches: [swatchOf('#704020', 85_300), swatchOf('#c0c0c0', 50_000)],
      names: ['brown', 'silver'],
    }),
  );
  expect(chosen()).toEqual(['pupil']);
});

test('the rest is fitted around what is locked, unless everything is', async () => {
  const locked = paintingNamed('first').swatches.map((swatch, at) => ({ ...swatch, isLocked: at === 1 }));
  await show(paintingNamed('locked', { swatches: locked }));
  usePaintings(pinia).cancel();
  await flushPromises();
  await button('Fit the rest').trigger('click');
  expect(service.calls('picture.quantise').at(-1)!.body.specification.locked).toEqual([locked[1].colour]);
  await answer(
    service.calls('picture.quantise').at(-1)!,
    paintingNamed('all', { swatches: locked.map((swatch) => ({ ...swatch, isLocked: true })) }),
  );
  expect(button('Fit the rest').attributes('title')).toContain('Every colour is locked');
  await button('Unlock all').trigger('click');
  await flushPromises();
  expect(edits()[0].body.edit).toEqual({ kind: 'lock', at: null, isLocked: false });
});

test('a palette file is painted with, locked, and its names are taken over', async () => {
  await show();
  await button('Read a palette').trigger('click');
  await flushPromises();
  const colours = [swatchOf('#ff0000', 0), swatchOf('#00ff00', 0)].map(({ colour }) => colour);
  await answer(service.calls('palette.read')[0], { colours, names: ['signal red', ''], estimated: 1 });
  const [call] = service.calls('picture.paintWith');
  expect(call.body).toMatchObject({ colours, locked: true });
  await answer(
    call,
    paintingNamed('given', {
      swatches: [swatchOf('#00ff00', 100), swatchOf('#ff0000', 50)],
      names: ['lime', 'red'],
      fit: null,
    }),
  );
  expect(options().map((option) => option.attributes('aria-label')!.split(',')[0])).toEqual([
    'lime',
    'signal red',
  ]);
  expect(useWorkspace(pinia).message?.text).toMatch(/: 2 colours, 1 of them CMYK without a profile/);
});

test('a palette file that cannot be read is said, and the palette stays', async () => {
  await show();
  await button('Read a palette').trigger('click');
  await flushPromises();
  await fail(service.calls('palette.read')[0], {
    kind: 'badPalette',
    file: 'brand.gpl',
    problem: 'it holds no colours',
  });
  expect(wrapper.find('[role=alert]').text()).toContain('it holds no colours');
  expect(options()).toHaveLength(3);
  await wrapper.find('[role=alert] button').trigger('click');
  expect(wrapper.find('[role=alert]').exists()).toBe(false);
});

test('the palette is saved as it is shown, with the names it has there', async () => {
  await show();
  // While the best palette is being found there is nothing to save yet.
  await button('Save…').trigger('click');
  expect(service.calls('picture.save')).toHaveLength(0);
  usePaintings(pinia).cancel();
  useSwatchNames(pinia).rename(usePaintings(pinia).current!, 1, 'brand blue');
  await flushPromises();
  await button('Save…').trigger('click');
  await flushPromises();
  const [call] = service.calls('picture.save');
  expect(call.body.file).toBe(fileNamed('photo-palette.gpl').grant);
  expect(call.body.content).toMatchObject({ kind: 'palette', painting: 'painting-first' });
  expect(call.body.content).toHaveProperty('names.1', 'brand blue');
  await fail(call, { kind: 'notWritten', file: 'photo-palette.gpl', problem: 'the disk is full' });
  expect(wrapper.find('[role=alert]').text()).toContain('the disk is full');
});

test('256 colours are a grid of chips that arrows walk sideways too', async () => {
  const swatches = Array.from({ length: 256 }, (_, at) =>
    swatchOf(`#0000${at.toString(16).padStart(2, '0')}`, 1),
  );
  await show(paintingNamed('many', { swatches, names: swatches.map((_, at) => `blue ${at}`) }));
  expect(options()).toHaveLength(256);
  await key(0, 'ArrowRight');
  expect(chosen()).toEqual(['blue 1']);
  await key(1, 'ArrowDown');
  expect(Number(chosen()[0].slice(5))).toBeGreaterThan(2);
});

test('the code of a colour is put on the clipboard', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await show();
  await options()[0].trigger('click');
  await button('Copy').trigger('click');
  expect(writeText).toHaveBeenCalledWith('#a0522d');
});

test('the colour chosen can be shown in the picture, by button and by H', async () => {
  await show();
  await options()[1].trigger('click');
  await button('Show in the picture').trigger('click');
  expect(useSwatchChoice(pinia).alone).toBe(1);
  expect(button('Show in the picture').attributes('aria-pressed')).toBe('true');
  await key(1, 'h');
  expect(useSwatchChoice(pinia).alone).toBeNull();
});

test('a colour chosen in the picture is the one the keys go on from', async () => {
  await show();
  useSwatchChoice(pinia).choose(2, false);
  await flushPromises();
  expect(options().map((option) => option.attributes('tabindex'))).toEqual(['-1', '-1', '0']);
});

test('a change is undone and done again, and where there is none the buttons say so', async () => {
  await show();
  const step = (label: string) => wrapper.find(`button[aria-label=${label}]`);
  expect(step('Undo').attributes('title')).toBe('There is nothing to undo.');
  await key(0, 'Delete');
  await flushPromises();
  const { swatches, names } = paintingNamed('first');
  await answer(edits()[0], paintingNamed('two', { swatches: swatches.slice(1), names: names.slice(1) }));
  expect(options()).toHaveLength(2);
  await step('Undo').trigger('click');
  expect(options()).toHaveLength(3);
  await step('Redo').trigger('click');
  expect(options()).toHaveLength(2);
});
