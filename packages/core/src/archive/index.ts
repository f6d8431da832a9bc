export {
  type BoundEntry,
  boundEntry,
  firstPages,
  pagesOfEntry,
  splitByThickness,
  type VolumePlan,
  volumePlan,
} from './volume.ts';
