import { nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { usePictures } from '../../../renderer/stores/pictures';
import { useSwatchNames } from '../../../renderer/stores/swatchNames';
import { FakeService } from '../fakeService';
import { paintingNamed, swatchOf } from '../support/paintingFixtures';
import { fileNamed } from '../support/tableFixtures';
import { provideStores } from '../support/withStores';

beforeEach(() => provideStores(new FakeService()));

const three = paintingNamed('three');
const two = paintingNamed('two', {
  swatches: [swatchOf('#c0c0c0', 70_000), swatchOf('#985028', 65_300)],
  names: ['silver', 'sienna'],
});

test('a colour is called as its painting calls it until it is named, and again when the name is taken back', () => {
  const names = useSwatchNames();
  expect(names.namesOf(three)).toEqual(['sienna', 'silver', 'black']);
  names.rename(three, 0, 'fur');
  expect(names.namesOf(three)).toEqual(['fur', 'silver', 'black']);
  names.rename(three, 0, '');
  expect(names.namesOf(three)).toEqual(['sienna', 'silver', 'black']);
});

test('names are found again in another palette and when it is gone back', () => {
  const names = useSwatchNames();
  names.rename(three, 0, 'fur');
  names.rename(three, 2, 'pupil');
  expect(names.namesOf(two)).toEqual(['silver', 'fur']);
  names.rename(two, 1, 'coat');
  expect(names.namesOf(three)).toEqual(['coat', 'silver', 'pupil']);
});

test('a name goes along with a colour that is changed', () => {
  const names = useSwatchNames();
  names.rename(three, 0, 'fur');
  const [blue] = [swatchOf('#0000ff', 60_000)];
  names.carry(three, 0, blue.colour);
  const changed = paintingNamed('changed', { swatches: [blue, ...three.swatches.slice(1)] });
  expect(names.namesOf(changed)[0]).toBe('fur');
  expect(names.namesOf(three)[0]).toBe('fur');
});

test('of names nobody chose those that repeat are numbered', () => {
  const names = useSwatchNames();
  const alike = paintingNamed('alike', { names: ['grey', 'grey', 'grey'] });
  names.rename(alike, 1, 'grey');
  expect(names.namesOf(alike)).toEqual(['grey', 'grey', 'grey 2']);
});

test('another picture starts without names', async () => {
  const names = useSwatchNames();
  names.rename(three, 0, 'fur');
  usePictures().file = { file: fileNamed('other.png'), name: undefined, frame: 0 };
  await nextTick();
  expect(names.namesOf(three)[0]).toBe('sienna');
});
