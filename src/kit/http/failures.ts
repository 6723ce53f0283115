/** Turns whatever was thrown into an answer: a page for people, RFC 9457 problem details for programs. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { isUnreachable } from "../db.ts";
import { AppError, ERROR_STATUS, type ErrorCode } from "../errors.ts";
import type { Lang } from "../i18n.ts";
import type { SiteOptions } from "./site.ts";

interface Words {
  readonly title: string;
  readonly explanation: string;
}

/** Says what happened, what is kept and what to try; never "lỗi hệ thống" alone. */
const WORDS: Record<Lang, Record<ErrorCode, Words>> = {
  vi: {
    invalid: {
      title: "Nội dung gửi lên chưa hợp lệ",
      explanation: "Hãy quay lại trang trước, kiểm tra các mục được đánh dấu rồi gửi lại.",
    },
    unauthenticated: {
      title: "Cần đăng nhập",
      explanation:
        "Phiên làm việc đã kết thúc hoặc chưa đăng nhập. Những gì đã lưu vẫn còn nguyên; hãy đăng nhập để tiếp tục.",
    },
    forbidden: {
      title: "Không có quyền xem trang này",
      explanation:
        "Tài khoản đang dùng không được phép thực hiện việc này. Nếu vừa mở trang từ nơi khác, hãy quay về trang chủ và thử lại.",
    },
    "not-found": {
      title: "Không tìm thấy trang",
      explanation: "Địa chỉ có thể đã thay đổi hoặc gõ chưa đúng. Hãy quay về trang chủ hoặc tìm lại thủ tục.",
    },
    conflict: {
      title: "Dữ liệu đã thay đổi",
      explanation:
        "Có người vừa cập nhật cùng nội dung này. Hãy tải lại trang để xem bản mới nhất; không có gì bị ghi đè.",
    },
    "too-large": {
      title: "Nội dung gửi lên quá lớn",
      explanation: "Hãy giảm dung lượng tệp hoặc chia thành nhiều tệp rồi gửi lại.",
    },
    unsupported: {
      title: "Định dạng không được hỗ trợ",
      explanation: "Hãy dùng một trong các định dạng được ghi trên trang.",
    },
    "too-many": { title: "Quá nhiều lần thử", explanation: "Hãy chờ ít phút rồi thử lại." },
    unavailable: {
      title: "Dịch vụ đang tạm gián đoạn",
      explanation: "Những gì đã lưu vẫn còn nguyên. Hãy thử lại sau ít phút.",
    },
    internal: {
      title: "Trang gặp sự cố",
      explanation:
        "Những gì đã lưu vẫn còn nguyên. Hãy thử lại; nếu vẫn lỗi, hãy báo cho đường dây hỗ trợ kèm mã tham chiếu dưới đây.",
    },
  },
  en: {
    invalid: {
      title: "Some of what was sent is not valid",
      explanation: "Go back, check the marked entries and send again.",
    },
    unauthenticated: {
      title: "Sign in to continue",
      explanation: "The session has ended or you have not signed in. Everything saved is still there.",
    },
    forbidden: {
      title: "You may not open this page",
      explanation:
        "The account in use is not allowed to do this. If you came from another site, go to the home page and try again.",
    },
    "not-found": {
      title: "Page not found",
      explanation:
        "The address may have changed or been mistyped. Go to the home page or search for the procedure again.",
    },
    conflict: {
      title: "This has just been changed",
      explanation: "Somebody updated the same item a moment ago. Reload to see the latest; nothing was overwritten.",
    },
    "too-large": { title: "Too large", explanation: "Make the file smaller or split it, then send it again." },
    unsupported: { title: "Format not supported", explanation: "Use one of the formats named on the page." },
    "too-many": { title: "Too many attempts", explanation: "Wait a few minutes, then try again." },
    unavailable: {
      title: "Temporarily unavailable",
      explanation: "Everything saved is still there. Try again in a few minutes.",
    },
    internal: {
      title: "Something went wrong on this page",
      explanation:
        "Everything saved is still there. Try again; if it keeps happening, call the support line and give the reference below.",
    },
  },
};

export function sendFailure(
  options: SiteOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const code = codeOf(error);
  const status = ERROR_STATUS[code];
  const entry = {
    err: error,
    reference: request.reference,
    method: request.method,
    route: request.routeOptions.url ?? "none",
  };
  if (status >= 500) request.log.error(entry, "request failed");
  else
    request.log.info(
      { ...entry, err: undefined, code, reason: error instanceof AppError ? error.reason : undefined },
      "request refused",
    );
  const words = WORDS[request.lang ?? "vi"][code];
  // The answer that could not be sent may have been a redirect.
  reply.removeHeader("location");
  reply.header("cache-control", "no-store");
  if (code === "too-many" || code === "unavailable") reply.header("retry-after", "60");
  if (wantsProblem(request)) {
    const reason = error instanceof AppError ? error.reason : undefined;
    return reply
      .code(status)
      .type("application/problem+json; charset=utf-8")
      .send(
        JSON.stringify({
          type: `urn:motcua:problem:${reason ?? code}`,
          title: words.title,
          status,
          detail: words.explanation,
          instance: `urn:motcua:request:${request.reference}`,
          ...(error instanceof AppError && status < 500 ? error.details : {}),
        }),
      );
  }
  const page = options.failurePage({
    lang: request.lang ?? "vi",
    status,
    title: words.title,
    explanation: words.explanation,
    reference: request.reference,
    path: request.url,
  });
  return reply.code(status).type("text/html; charset=utf-8").send(page.markup);
}

/** What the multipart parser says about a body that breaks off or has no boundary; it gives no status. */
const BROKEN_MULTIPART = /^(?:Multipart: |Unexpected end of |Part terminated early|Malformed part)/;

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  if (error instanceof Error && BROKEN_MULTIPART.test(error.message)) return "invalid";
  if (isUnreachable(error)) return "unavailable";
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status !== "number" || status >= 500) return "internal";
  if (status === 404) return "not-found";
  if (status === 413) return "too-large";
  if (status === 415) return "unsupported";
  if (status === 429) return "too-many";
  return "invalid";
}

function wantsProblem(request: FastifyRequest): boolean {
  if (request.routeOptions.config?.api) return true;
  const accept = String(request.headers.accept ?? "");
  const sent = String(request.headers["content-type"] ?? "");
  return (
    request.url.startsWith("/api/") ||
    (!accept.includes("text/html") && (accept.includes("json") || sent.startsWith("application/json")))
  );
}
