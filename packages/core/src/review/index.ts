export { unanswered } from './answers.ts';
export { bindingOf } from './binding.ts';
export { type Ask, backToMaker, checkpointOf, decide, type ReviewRules, recall } from './decide.ts';
export {
  type Checkpoint,
  checkpoint,
  type Decision,
  type Disposition,
  decision,
  disposition,
} from './decision.ts';
export { answersOf, type FormerAnswer, formerAnswer, mergedAnswers, offersFor } from './former.ts';
