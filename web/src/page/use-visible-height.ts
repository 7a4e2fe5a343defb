import { useEffect } from 'react';

// iOS lays its keyboard over the page instead of making the page smaller: the composer has to
// follow the visual viewport.
export function useVisibleHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const apply = () => {
      // Pinch zoom makes the visual viewport smaller too, and must not squeeze the page.
      if (viewport.scale > 1.01) return;
      document.documentElement.style.setProperty('--visible-height', `${viewport.height}px`);
      window.scrollTo(0, 0);
    };
    apply();
    viewport.addEventListener('resize', apply);
    return () => viewport.removeEventListener('resize', apply);
  }, []);
}
