// So that the highest label stands beside its line and not below it. Pixels.
export const CHART_MARGIN = { top: 8, right: 4 };
