import { useEffect, type ReactNode } from 'react';
import classes from './FullScreenNote.module.css';

interface FullScreenNoteProps {
  title: string;
  text: ReactNode;
  children?: ReactNode;
}

// All there is to see where there is no dashboard to see.
export function FullScreenNote({ title, text, children }: FullScreenNoteProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className={classes.screen}>
      <h1>{title}</h1>
      <p role="status">{text}</p>
      {children}
    </main>
  );
}
