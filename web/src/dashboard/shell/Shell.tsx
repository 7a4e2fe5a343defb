import { AppShell, Burger, Drawer, Group } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Suspense, useEffect, useRef } from 'react';
import { hasAtLeast } from '../api/role';
import { useLocation } from './location';
import { Navigation } from './Navigation';
import { NotFoundPage } from './NotFoundPage';
import { OpenAdminWarning } from './OpenAdminWarning';
import { PageBoundary } from './PageBoundary';
import { PageLoading } from './PageLoading';
import { destinationOf } from './routes';
import { useSession } from './session';
import classes from './Shell.module.css';

const HEADER_HEIGHT = 56;
const NAVIGATION_WIDTH = 248;

export function Shell({ onSignOut }: { onSignOut: () => void }) {
  const { settings } = useSession();
  const { path } = useLocation();
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, {
    getInitialValueInEffect: false,
  });
  const main = useRef<HTMLElement>(null);

  // Whoever cannot see the page change is put at its beginning.
  const shownPath = useRef(path);
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    drawer.close();
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path, drawer]);

  const navigation = <Navigation path={path} onChoose={drawer.close} onSignOut={onSignOut} />;
  return (
    <>
      <a href="#content" className={classes.skip} data-testid="skip-link">
        Skip to the content
      </a>
      <AppShell
        layout="alt"
        header={{ height: HEADER_HEIGHT, collapsed: !isNarrow, offset: Boolean(isNarrow) }}
        navbar={{ width: NAVIGATION_WIDTH, breakpoint: 'sm', collapsed: { mobile: true } }}
        padding={{ base: 'md', sm: 'xl' }}
        transitionDuration={0}
      >
        {isNarrow ? (
          <>
            <AppShell.Header className={classes.header}>
              <Group h="100%" px="sm" gap="sm" wrap="nowrap">
                <Burger
                  opened={isDrawerOpen}
                  onClick={drawer.toggle}
                  aria-label="Open the navigation"
                  aria-expanded={isDrawerOpen}
                  data-testid="open-navigation"
                />
                <span className={classes.server}>{settings.server_name}</span>
              </Group>
            </AppShell.Header>
            <Drawer
              opened={isDrawerOpen}
              onClose={drawer.close}
              size="min(300px, 86vw)"
              padding={0}
              withCloseButton={false}
              aria-label="Navigation"
              classNames={{ content: classes.drawer, body: classes.drawerBody }}
            >
              {navigation}
            </Drawer>
          </>
        ) : (
          <AppShell.Navbar className={classes.side}>{navigation}</AppShell.Navbar>
        )}
        <AppShell.Main id="content" ref={main} tabIndex={-1} className={classes.main}>
          {settings.open_admin && <OpenAdminWarning />}
          <PageBoundary key={path}>
            <Suspense fallback={<PageLoading />}>
              <CurrentPage path={path} />
            </Suspense>
          </PageBoundary>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

// A page that is not for this role does not exist for them: no part of it is loaded.
function CurrentPage({ path }: { path: string }) {
  const { role } = useSession();
  const destination = destinationOf(path);
  if (!destination || !hasAtLeast(role, destination.route.leastRole)) return <NotFoundPage />;
  const { route, id } = destination;
  return <route.Page key={id} id={id} />;
}
