/**
 * The national portal's frame: brand, navigation, page shell, home page. It knows no room; what a page shows about the
 * signed-in person is handed to it.
 */
export { homeRoutes } from "./home-routes.ts";
export {
  NATIONAL_THEME,
  nationalFailurePage,
  nationalPage,
  type NationalPageProps,
  type Viewer,
} from "./national-page.ts";
