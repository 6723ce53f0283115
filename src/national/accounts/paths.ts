/** Addresses of this room. */
export const paths = {
  register: "/dang-ky",
  registerForm: "/dang-ky/cong-dan/thue-bao",
  registerOtp: "/dang-ky/otp",
  registerPassword: "/dang-ky/mat-khau",
  registerHasAccount: "/dang-ky/da-co-tai-khoan",
  terms: "/dieu-khoan",
  forgot: "/quen-mat-khau",
  forgotOtp: "/quen-mat-khau/otp",
  forgotPassword: "/quen-mat-khau/mat-khau",
} as const;

/** "Gửi lại OTP" of a code page. */
export const resendPath = (otpPath: string): string => `${otpPath}/gui-lai`;

/** Forms of this building that may ask the security code. */
export const CAPTCHA_PURPOSES = ["register", "forgot", "sign-in"] as const;
export type CaptchaPurpose = (typeof CAPTCHA_PURPOSES)[number];

/** Another security code for a form, as JSON, for the button beside it. */
export const anotherCodePath = (purpose: CaptchaPurpose): string => `/ma-xac-thuc/${purpose}`;
