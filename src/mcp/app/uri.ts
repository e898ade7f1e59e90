// The page that shows a grid inside clients that can (MCP Apps), and the tools whose results it shows.
export const GRID_APP_URI = 'ui://whyred/grid';
export const GRID_TOOLS: ReadonlySet<string> = new Set(['decode_grid']);
