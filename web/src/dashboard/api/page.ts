// Where in a list to read, for routes that take it. docs/api.md
export interface Page {
  limit?: number;
  offset?: number;
}
