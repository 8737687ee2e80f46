import type { ComponentType, FunctionComponent } from 'preact';
import { LocationProvider, Route, Router, lazy } from 'preact-iso';
import { Frame } from './frame/frame';
import { Missing } from './frame/missing';
import { SignIn } from './session/sign_in';
import { SignInAgain } from './session/sign_in_again';
import { screens } from './screens';
import type { Params, Screen } from './screens/screen';
import { session } from './session/session';
import { arrived } from './frame/arrival';

/** The screen itself, or first the sign-in; the address stays, so that one arrives where one wanted to go. */
function guarded(screen: Screen): FunctionComponent {
  const View = lazy(screen.load) as unknown as ComponentType<Params>;
  return function Guarded(params: object) {
    return screen.open || session.value ? <View {...(params as Params)} /> : <SignIn />;
  };
}

const routes = screens.map((screen) => ({ path: screen.path, View: guarded(screen) }));

export function App() {
  return (
    <LocationProvider scope="/app">
      <Frame>
        <Router onLoadEnd={arrived} onRouteChange={arrived}>
          {routes.map(({ path, View }) => (
            <Route key={path} path={path} component={View} />
          ))}
          <Route default component={Missing} />
        </Router>
      </Frame>
      <SignInAgain />
    </LocationProvider>
  );
}
