import type { Entry } from './sentences.ts';

/** 出口检查: what stops a release at the gate, or the machine that makes its OFD. */
export const gateSentences = {
  'ofd-failed': [
    422,
    '无法制成与 PDF 一致的 OFD 版本（{detailZh}），没有发布，已退回。请把原稿该处改简单些（字体、图形）再上传，或请管理员在政策文件中关闭本栏目的 OFD 交付（delivery.ofd）。',
    'No OFD that is the same as the PDF can be made ({detail}). Nothing was published; it went back. Simplify that place (fonts, drawings) and upload it again, or have the administrator turn off delivery as OFD for this column in the policy (delivery.ofd).',
  ],
  'ofd-not-proven': [
    422,
    '出口检查不能证明 OFD 版本与 PDF 版本一致（{detailZh}）。没有发布，已退回。请重新提交；再次出现时请告知管理员。',
    'The gate could not prove that the OFD is the same as the PDF ({detail}). Nothing was published; it went back. Submit it again; tell the administrator if it stays.',
  ],
  'redaction-not-proven': [
    422,
    '出口检查不能证明遮盖可靠（{detail}）。未发布，已退回。请调整该处遮盖（例如遮盖整行或整页）后重新提交；仍不行请告知管理员。',
    'The gate could not prove that the redactions hold ({detail}). Nothing was published; it went back. Change that redaction (cover the line or the page) and submit again; tell the administrator if it stays.',
  ],
  'release-differs': [
    422,
    '出口检查发现公开件与审查时看到的页面不一致（{detailZh}）。未发布，已退回。请重新提交；再次出现时请告知管理员。',
    'The gate found that the release is not the pages that were reviewed ({detail}). Nothing was published; it went back. Submit it again; tell the administrator if it stays.',
  ],
  'gate-findings': [
    422,
    '出口检查发现尚未处理的内容（{detailZh}）。未发布，已退回审查。',
    'The gate found content that no decision covers ({detail}). Nothing was published; it went back to review.',
  ],
} satisfies Record<string, Entry>;
