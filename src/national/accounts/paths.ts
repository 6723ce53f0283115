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
