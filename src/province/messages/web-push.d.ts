/** The part of web-push that is used; the package brings no types. */
declare module "web-push" {
  interface Request {
    readonly endpoint: string;
    readonly headers: Readonly<Record<string, string | number>>;
    readonly body: Buffer;
  }
  const webPush: {
    generateVAPIDKeys(): { publicKey: string; privateKey: string };
    generateRequestDetails(
      subscription: { endpoint: string; keys: { p256dh: string; auth: string } },
      payload: string,
      options: {
        vapidDetails: { subject: string; publicKey: string; privateKey: string };
        TTL: number;
        urgency: "normal" | "high";
        contentEncoding: "aes128gcm";
      },
    ): Request;
  };
  export default webPush;
}
