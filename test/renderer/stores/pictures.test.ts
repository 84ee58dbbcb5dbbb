// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { usePictures } from '../../../renderer/stores/pictures';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { pictureNamed } from '../support/pictureFixtures';
import { answer, fail } from '../support/settle';
import { fileNamed } from '../support/tableFixtures';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  provideStores(service);
});
const opened = () => service.calls('picture.open');
const closed = () => service.calls('picture.close').map(({ body }) => body.picture);
const damaged = (file: string) =>
  ({ kind: 'damagedPicture', file, format: 'png', problem: 'it ends too early' }) as const;

describe('opening a picture', () => {
  it('shows its room at once and opens its steps when it is there', async () => {
    const workspace = useWorkspace();
    const opening = usePictures().open(fileNamed('cat.png'));
    expect([workspace.room, workspace.workspace]).toEqual(['colours', 'image']);
    expect(workspace.blocked.segments).not.toBeNull();
    await answer(opened()[0]!, pictureNamed('cat.png'));
    expect(await opening).toBe(true);
    expect(usePictures().summary?.fileName).toBe('cat.png');
    expect([workspace.blocked.segments, workspace.blocked.savePicture]).toEqual([null, null]);
    expect(workspace.currentTask).toBeNull();
  });

  it('asks for a file of a folder by its name', () => {
    void usePictures().open(fileNamed('photos'), 'dog.png');
    expect(opened()[0]?.body).toEqual({ file: 'grant-photos', name: 'dog.png', frame: 0 });
    expect(useWorkspace().currentTask?.label).toBe('Reading dog.png');
  });

  it('keeps the later of two whatever the order of their answers, and gives the other back', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('slow.png'));
    void pictures.open(fileNamed('quick.png'));
    const [slow, quick] = opened();
    expect(slow?.signal?.aborted).toBe(true);
    await answer(quick!, pictureNamed('quick.png'));
    await answer(slow!, pictureNamed('slow.png'));
    expect(pictures.summary?.fileName).toBe('quick.png');
    expect(closed()).toEqual(['picture-slow.png']);
  });

  it('gives the one before back once the next has been read whole, and not before', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('a.png'));
    await answer(opened()[0]!, pictureNamed('a.png'));
    void pictures.open(fileNamed('b.png'));
    expect(pictures.summary?.fileName).toBe('a.png');
    await answer(opened()[1]!, pictureNamed('b.png'));
    expect(closed()).toEqual(['picture-a.png']);
  });

  it('that cannot be read keeps the one that is open, and says why', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('good.png'));
    await answer(opened()[0]!, pictureNamed('good.png'));
    void pictures.open(fileNamed('bad.png'));
    await fail(opened()[1]!, damaged('bad.png'));
    expect(pictures.summary?.fileName).toBe('good.png');
    expect(pictures.openFailure?.failure).toEqual(damaged('bad.png'));
    expect(useWorkspace().room).toBe('colours');
    expect(closed()).toEqual([]);
  });

  it('the first one, that cannot be read, leads back to Start', async () => {
    void usePictures().open(fileNamed('bad.png'));
    await fail(opened()[0]!, damaged('bad.png'));
    expect(useWorkspace().room).toBe('start');
    expect(useWorkspace().blocked.colours).not.toBeNull();
  });

  it('cancelled by Esc says so and keeps nothing', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('a.png'));
    useWorkspace().cancelTask();
    await fail(opened()[0]!, { kind: 'cancelled' });
    expect(pictures.openFailure).toBeNull();
    expect(pictures.opening).toBeNull();
    expect(useWorkspace().message?.text).toBe('Reading a.png was cancelled.');
  });
});

describe('closing', () => {
  it('gives the picture back and closes its steps, also while another is being read', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('a.png'));
    await answer(opened()[0]!, pictureNamed('a.png'));
    void pictures.open(fileNamed('b.png'));
    pictures.close();
    await answer(opened()[1]!, pictureNamed('b.png'));
    expect(pictures.summary).toBeNull();
    expect(closed()).toEqual(['picture-a.png', 'picture-b.png']);
    expect(useWorkspace().room).toBe('start');
  });
});

describe('when the service was lost and started again', () => {
  it('the picture is opened again, and nothing is closed by an old id', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('photos'), 'a.png');
    await answer(opened()[0]!, pictureNamed('a.png'));
    void pictures.reopenAfterRestart('crashed');
    expect(opened()[1]?.body).toMatchObject({ file: 'grant-photos', name: 'a.png' });
    await answer(opened()[1]!, pictureNamed('a.png', { colours: 3 }));
    expect(pictures.summary?.colours).toBe(3);
    expect(closed()).toEqual([]);
  });

  it('a picture at which it is lost twice is not read a third time', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('huge.png'));
    await fail(opened()[0]!, { kind: 'serviceLost', reason: 'out of memory' });
    void pictures.reopenAfterRestart('out of memory');
    await fail(opened()[1]!, { kind: 'serviceLost', reason: 'out of memory' });
    void pictures.reopenAfterRestart('out of memory');
    expect(opened()).toHaveLength(2);
    expect(pictures.opening).toBeNull();
    expect(useWorkspace().banner?.text).toContain('twice while reading "huge.png"');
  });
});

describe('a file of several frames', () => {
  const frames = (frame: number | null) => {
    const picture = pictureNamed('wave.gif');
    const open = frame === null ? 12 : 1;
    return {
      ...picture,
      frames: open,
      facts: { ...picture.facts, format: 'gif' as const, frames: 12, frame },
    };
  };

  it('is read anew for each frame, and once for all of them, of which the same one stays in sight', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('wave.gif'));
    await answer(opened()[0]!, frames(0));
    void pictures.showFrame(3);
    // What is typed next starts from where this leads.
    expect(pictures.frame).toBe(3);
    await answer(opened()[1]!, frames(3));
    expect(opened()[1]!.body.frame).toBe(3);
    void pictures.readFrames('all');
    await answer(opened()[2]!, frames(null));
    expect([opened()[2]!.body.frame, pictures.frame, pictures.openFrame]).toEqual(['all', 3, 3]);
    void pictures.showFrame(11);
    expect(opened()).toHaveLength(3);
    expect(pictures.openFrame).toBe(11);
    void pictures.readFrames(11);
    await answer(opened()[3]!, frames(11));
    expect([pictures.frame, pictures.openFrame]).toEqual([11, 0]);
  });

  it('has segments one frame at a time', async () => {
    const { blocked } = useWorkspace();
    void usePictures().open(fileNamed('wave.gif'), undefined, 'all');
    await answer(opened()[0]!, frames(null));
    expect(blocked.segments).toContain('choose one');
    void usePictures().readFrames(2);
    await answer(opened()[1]!, frames(2));
    expect(blocked.segments).toBeNull();
  });

  it('has the same frames open again after the service was lost, and another file starts with its first', async () => {
    const pictures = usePictures();
    void pictures.open(fileNamed('wave.gif'), undefined, 5);
    await answer(opened()[0]!, frames(5));
    void pictures.reopenAfterRestart('out of memory');
    expect(opened()[1]!.body.frame).toBe(5);
    await answer(opened()[1]!, frames(5));
    void pictures.open(fileNamed('other.gif'));
    expect(opened()[2]!.body.frame).toBe(0);
  });
});
