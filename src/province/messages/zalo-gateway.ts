/** Zalo Notification Service: POST /message/template with a template that Zalo approved (developers.zalo.me, ZNS API). */

const TIMEOUT_MS = 10_000;

export interface ZaloSettings {
  /** `…/message/template` */
  readonly url: string;
  readonly template: string;
  readonly accessToken: string;
}

export interface ZaloNotice {
  /** 0900000101 */
  readonly phone: string;
  /** Zalo's own idempotency: at most 48 characters. */
  readonly trackingId: string;
  readonly data: { readonly ho_so: string; readonly trang_thai: string; readonly noi_dung: string };
}

/** Zalo answers 200 with an error code in the body. @throws when it was not taken. */
export async function sendZalo(settings: ZaloSettings, notice: ZaloNotice): Promise<void> {
  const response = await fetch(settings.url, {
    method: "POST",
    headers: { "content-type": "application/json", access_token: settings.accessToken },
    body: JSON.stringify({
      phone: notice.phone.replace(/^(\+?84|0)/, "84"),
      template_id: settings.template,
      template_data: notice.data,
      tracking_id: notice.trackingId,
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`Zalo answered ${response.status}`);
  const { error } = (await response.json()) as { error?: number };
  if (error !== 0) throw new Error(`Zalo answered error ${error}`);
}
