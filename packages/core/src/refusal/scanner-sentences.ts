import type { RefusalCode } from './refusal.ts';
import type { Entry } from './sentences.ts';

/** Why a file waits for the virus scanner. */
export const scannerSentences: Record<Extract<RefusalCode, `scanner-${string}`>, Entry> = {
  'scanner-missing': [
    503,
    '要求先做病毒扫描，但本机没有可用的扫描器，因此不予放行。请安装 ClamAV，或由管理员在配置中说明。',
    'A virus scan is required but this machine has no scanner, so nothing passes. Install ClamAV, or have the administrator change the setting.',
  ],
  'scanner-silent': [
    503,
    '病毒扫描器没有应答，文件尚未检查，因此不予放行；系统会再试。请查看扫描器（ClamAV 的病毒库、服务）是否正常。',
    'The virus scanner did not answer, so the file was not looked at and does not pass. It is tried again. See whether the scanner works (signatures, daemon).',
  ],
  'scanner-pending': [
    503,
    '病毒扫描尚未完成，文件在隔离区等待；办理中的文件有结果后自动继续，临时检查的请稍后再试。',
    'The virus scan has not come to this file yet. A document under way waits in quarantine and goes on by itself; for a mere check, try again later.',
  ],
  'scanner-unsupported': [
    503,
    '病毒扫描器无法检查该文件（可能带密码、过大或层数过多），因此不予放行。请去掉密码或拆分后重新上传。',
    'The virus scanner cannot look into this file (a password, too large, too many layers), so it does not pass. Take the password off or split it, and upload it again.',
  ],
  'scanner-denied': [
    503,
    '病毒扫描器无权读取隔离区，文件未经检查，不予放行。请管理员检查扫描器的权限，然后点“重新运行”。',
    "The virus scanner may not read the quarantine, so the file was not looked at and does not pass. Have the administrator look at the scanner's rights, then run it again.",
  ],
  'scanner-failed': [
    503,
    '病毒扫描器检查该文件时出错，文件未经检查，不予放行。请重新上传；若再次出现，请联系管理员。',
    'The virus scanner broke on this file, so it was not looked at and does not pass. Upload it again; if it happens again, tell the administrator.',
  ],
};
