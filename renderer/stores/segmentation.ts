import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Failure } from '../../shared/failure';
import { formatCounted } from '../../shared/format';
import type { PaintingId } from '../../shared/ids';
import type { PictureScale } from '../../shared/image/pictureScale';
import type {
  ColourCover,
  Segment,
  SegmentationSettings,
  SegmentationSummary,
  SegmentPick,
} from '../../shared/image/segmentation';
import { useService } from '../client/service';
import { usePictures } from './pictures';
import { useWorkspace } from './workspace';

/** The connected regions of a painting: how they are found, what was found, and which of them is picked. */
export const useSegmentation = defineStore('segmentation', () => {
  const service = useService();
  const workspace = useWorkspace();
  const pictures = usePictures();

  const settings = shallowRef<SegmentationSettings>({ smallest: 1, connectivity: 4 });
  /** What a pixel is in the world; null: areas are told in pixels alone. It stays for the next picture. */
  const scale = shallowRef<PictureScale | null>(null);
  const summary = shallowRef<SegmentationSummary | null>(null);
  const isBusy = ref(false);
  const failure = shallowRef<Failure | null>(null);

  const pick = shallowRef<SegmentPick | null>(null);
  /** Facts of the region that is picked; null: none is, or they are still being asked for. */
  const picked = shallowRef<Segment | null>(null);
  /** The colour whose regions are listed, by its place in the palette; null: regions of all colours. */
  const listed = ref<number | null>(null);
  /** The cover of the colour that is picked as a whole. */
  const pickedCover = computed<ColourCover | null>(() =>
    pick.value?.kind === 'colour' ? (summary.value?.covers[pick.value.at] ?? null) : null,
  );

  let underWay: { key: string; controller: AbortController } | null = null;
  let pickNumber = 0;

  const keyOf = (painting: PaintingId): string => JSON.stringify([painting, settings.value]);

  /** Whether what is in sight is of this painting and of the settings as they are now. */
  function isOf(painting: PaintingId): boolean {
    const { value: found } = summary;
    return found !== null && JSON.stringify([found.painting, found.settings]) === keyOf(painting);
  }

  /** Finds the regions of a painting, in place of any search under way. What was found before stays until then. */
  async function find(painting: PaintingId): Promise<void> {
    const key = keyOf(painting);
    if (underWay?.key === key) return;
    underWay?.controller.abort();
    const controller = new AbortController();
    const own = { key, controller };
    underWay = own;
    isBusy.value = true;
    failure.value = null;
    const task = workspace.startTask('Finding regions', () => controller.abort());
    const answer = await service.call(
      'segments.find',
      { painting, settings: settings.value },
      { signal: controller.signal, onEvent: ({ fraction }) => task.update(fraction, '') },
    );
    task.finish();
    if (underWay !== own) return;
    underWay = null;
    isBusy.value = false;
    if (answer.ok) adopt(answer.value);
    else failure.value = answer.failure;
  }

  function adopt(found: SegmentationSummary): void {
    // Regions are numbered anew; colours keep their places as long as the painting is the same.
    if (found.painting !== summary.value?.painting || pick.value?.kind === 'region') clear();
    if (found.painting !== summary.value?.painting) listed.value = null;
    summary.value = found;
    workspace.say(`Found ${formatCounted(found.regions, 'region')}.`);
  }

  /** Stops the search under way. */
  function cancel(): void {
    underWay?.controller.abort();
  }

  /** Picks all regions of a colour and lists them. */
  function pickColour(at: number): void {
    clear();
    pick.value = { kind: 'colour', at };
    listed.value = at;
  }

  /** Picks a region whose facts are known. */
  function pickRegion(segment: Segment): void {
    pickNumber++;
    pick.value = { kind: 'region', region: segment.region };
    picked.value = segment;
    if (listed.value !== null) listed.value = segment.at;
  }

  /** Picks the region of a pixel. */
  async function pickAt(x: number, y: number): Promise<void> {
    const { value: found } = summary;
    if (found === null) return;
    const mine = ++pickNumber;
    const answer = await service.call('segments.at', { segmentation: found.segmentation, x, y });
    if (mine !== pickNumber || summary.value !== found) return;
    if (answer.ok) pickRegion(answer.value);
    else failure.value = answer.failure;
  }

  /** Picks nothing. */
  function clear(): void {
    pickNumber++;
    pick.value = null;
    picked.value = null;
  }

  /** Lists the regions of all colours; nothing is picked. */
  function listAll(): void {
    clear();
    listed.value = null;
  }

  // Another picture has other paintings; the regions of the one before went with it.
  watch(
    () => pictures.summary,
    () => {
      underWay?.controller.abort();
      underWay = null;
      isBusy.value = false;
      failure.value = null;
      summary.value = null;
      listAll();
    },
    { flush: 'sync' },
  );

  return {
    settings,
    scale,
    summary,
    isBusy,
    failure,
    pick,
    picked,
    pickedCover,
    listed,
    isOf,
    find,
    cancel,
    pickColour,
    pickRegion,
    pickAt,
    clear,
    listAll,
  };
});
