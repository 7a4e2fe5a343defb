// So that the highest label stands beside its line and not below it. Pixels.
export const CHART_MARGIN = { top: 8, right: 4 };

// Lines at the marks of the axis that Mantine draws by this name, and not at the edges alone.
export const GRID = { yAxisId: 'left' };
