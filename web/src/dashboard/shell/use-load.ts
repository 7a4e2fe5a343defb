import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  // What was read last; it stays while it is read anew, and when that fails.
  readonly value: T | null;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

// Reads at once and whenever `load` is another one, so it should come from useCallback. An answer
// that was overtaken is dropped.
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown; isLoading: boolean }>({
    value: null,
    error: null,
    isLoading: true,
  });
  const underWay = useRef<AbortController | null>(null);

  const reload = useCallback(() => {
    underWay.current?.abort();
    const controller = new AbortController();
    underWay.current = controller;
    setState((before) => ({ ...before, isLoading: true }));
    load(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setState({ value, error: null, isLoading: false });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setState((before) => ({ ...before, error, isLoading: false }));
      },
    );
  }, [load]);

  useEffect(() => {
    reload();
    return () => underWay.current?.abort();
  }, [reload]);

  return { ...state, reload };
}
