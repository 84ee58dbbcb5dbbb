// @vitest-environment happy-dom
import { getActivePinia, type Pinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { usePictures } from '../../../renderer/stores/pictures';
import { recover } from '../../../renderer/stores/recover';
import { useTables } from '../../../renderer/stores/tables';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { pictureNamed } from '../support/pictureFixtures';
import { answer } from '../support/settle';
import { column, fileNamed, table } from '../support/tableFixtures';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  provideStores(service);
});
const lose = (): void => recover(getActivePinia() as Pinia, 'out of memory');
const said = (): string | undefined => useWorkspace().banner?.text;

it('with nothing open only says what happened', () => {
  lose();
  expect(said()).toBe('The engine stopped (out of memory) and was started again.');
  expect([...service.calls('table.open'), ...service.calls('picture.open')]).toEqual([]);
});

it('opens the table and the picture again, and shows neither that was not in sight', async () => {
  void useTables().open(fileNamed('a.csv'));
  await answer(service.calls('table.open')[0]!, table('a.csv', [column()]));
  void usePictures().open(fileNamed('cat.png'));
  await answer(service.calls('picture.open')[0]!, pictureNamed('cat.png'));
  useWorkspace().show('segments');
  lose();
  expect(said()).toBe(
    'The engine stopped (out of memory) and was started again. Still there: your table and your picture.',
  );
  await answer(service.calls('table.open')[1]!, table('a.csv', [column()]));
  await answer(service.calls('picture.open')[1]!, pictureNamed('cat.png'));
  expect(useWorkspace().room).toBe('segments');
});
