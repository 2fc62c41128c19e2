import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useLayoutEffect } from 'preact/hooks';
import { BASE } from './config.ts';
import { AtRiskPage } from './pages/at-risk-page.tsx';
import { CoursePage } from './pages/course/course-page.tsx';
import { CoursesPage } from './pages/courses-page.tsx';
import { LearningPage } from './pages/learning/learning-page.tsx';
import { LessonPage } from './pages/lesson/lesson-page.tsx';
import { PlatformPage } from './pages/platform-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { UnknownPage } from './pages/unknown-page.tsx';
import { person } from './session/session.ts';
import { Keys } from './ui/keys.tsx';
import { linkTo } from './ui/links.ts';
import { Shell } from './ui/shell.tsx';
import { pagesOf } from './ui/site.ts';

export function App() {
  return (
    <LocationProvider scope={BASE}>
      <Shell>{person.value === null ? <SignInPage /> : <Pages key={person.value.userId} />}</Shell>
      <Keys />
    </LocationProvider>
  );
}

function Pages() {
  return (
    <Router>
      <Route path={BASE} component={Home} />
      <Route path={`${BASE}/courses`} component={CoursesPage} />
      <Route path={`${BASE}/courses/:courseId`} component={CoursePage} />
      <Route path={`${BASE}/courses/:courseId/at-risk`} component={AtRiskPage} />
      <Route path={`${BASE}/courses/:courseId/lessons/:lessonId`} component={LessonPage} />
      <Route path={`${BASE}/platform`} component={PlatformPage} />
      <Route path={`${BASE}/learning`} component={LearningPage} />
      <Route default component={UnknownPage} />
    </Router>
  );
}

/** Leads to the page where this person begins. */
function Home() {
  const { route } = useLocation();
  useLayoutEffect(() => route(linkTo(pagesOf(person.value?.role ?? null)[0]!.href), true), []);
  return null;
}
