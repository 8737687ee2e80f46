/** Pictures of data: each a function of its numbers, with a sentence, a table and a CSV. Import the one that is needed; each is its own chunk. */
export { Ageing, type AgeingProps } from './ageing';
export { BurnUp, type BurnUpProps, type Week } from './burn_up';
export { ExpiryTimeline, type ExpiryTimelineProps, type Expiring } from './expiry_timeline';
export { Needs, type NeedsProps, type Need } from './needs';
export { NormTimeline, type NormTimelineProps, type NormRule } from './norm_timeline';
export { QuotaBar, type QuotaBarProps } from './quota_bar';
export { RuleTree, type RuleTreeProps, type RuleNode } from './rule_tree';
export { ShareGauge, type ShareGaugeProps } from './share_gauge';
export { StateDiagram, type StateDiagramProps } from './state_diagram';
export { StayStrip, type StayStripProps, type Stay } from './stay_strip';
export { TileMap, type TileMapProps, type RegionValue } from './tile_map';
export type { StateOf } from './state_layout';
