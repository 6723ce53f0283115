/** Addresses of this room. The same steps serve the portal's own sign-in and one that a province asked for (`phien/:uid`). */
export const paths = {
  signIn: "/dang-nhap",
  signOut: "/dang-xuat",
  account: "/tai-khoan",
  endSession: "/tai-khoan/phien/ket-thuc",
  oidc: "/oidc",
} as const;

export const OWN_BASE = paths.signIn;
export const JOURNEY_BASE = "/dang-nhap/phien";

export const stepsOf = (base: string) => ({
  choose: base,
  form: `${base}/tai-khoan`,
  otp: `${base}/otp`,
});

/** Address of the portal's own sign-in that comes back to `back`, a path of this site. */
export const signInPath = (back: string): string => `${OWN_BASE}?tiep=${encodeURIComponent(back)}`;
