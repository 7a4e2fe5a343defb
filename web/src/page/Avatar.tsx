import classes from './Avatar.module.css';

interface AvatarProps {
  // Decides the colour, so that a renamed person keeps theirs.
  id: string;
  name: string;
  size?: number;
  online?: boolean;
}

export function Avatar({ id, name, size = 36, online }: AvatarProps) {
  const background = `oklch(var(--avatar-lightness) 0.095 ${hueOf(id)})`;
  return (
    <span
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: size * 0.38, background }}
      aria-hidden
    >
      {initialsOf(name)}
      {online !== undefined && <span className={classes.presence} data-online={online} />}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '?')][0])
    .join('')
    .toUpperCase();
}

// FNV-1a with the final mix of MurmurHash3, so that similar ids get different colours.
function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}
