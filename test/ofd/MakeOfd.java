import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyPair;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Date;
import javax.imageio.ImageIO;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ofdrw.core.annotation.pageannot.AnnotType;
import org.ofdrw.core.pageDescription.drawParam.LineCapType;
import org.ofdrw.gm.cert.PKCGenerate;
import org.ofdrw.gm.ses.v1.SES_ESPictrueInfo;
import org.ofdrw.gm.ses.v1.SES_Header;
import org.ofdrw.gm.ses.v4.CertInfoList;
import org.ofdrw.gm.ses.v4.SESeal;
import org.ofdrw.gm.ses.v4.SES_CertList;
import org.ofdrw.gm.ses.v4.SES_ESPropertyInfo;
import org.ofdrw.gm.ses.v4.SES_SealInfo;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.PageLayout;
import org.ofdrw.layout.VirtualPage;
import org.ofdrw.layout.edit.Annotation;
import org.ofdrw.layout.edit.Attachment;
import org.ofdrw.layout.element.Img;
import org.ofdrw.layout.element.Position;
import org.ofdrw.layout.element.canvas.Canvas;
import org.ofdrw.layout.element.canvas.CanvasGradient;
import org.ofdrw.layout.element.canvas.CanvasRadialGradient;
import org.ofdrw.layout.element.canvas.DrawContext;
import org.ofdrw.layout.element.canvas.Drawer;
import org.ofdrw.layout.element.canvas.FontSetting;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.sign.OFDSigner;
import org.ofdrw.sign.SignMode;
import org.ofdrw.sign.signContainer.SESV4Container;
import org.ofdrw.sign.stamppos.NormalStampPos;
import org.ofdrw.sign.stamppos.RidingStampPos;
import org.ofdrw.sign.stamppos.Side;

/**
 * Makes the OFD files of test/ofd with ofdrw (Apache-2.0), from text of our own: java MakeOfd FOLDER SONG.ttf KAI.ttf.
 * The two fonts are the product's own; where one is named but not carried along, its name alone is given.
 */
public class MakeOfd {
  static Path folder;
  static Path song;
  static Path kai;

  public static void main(String[] given) throws Exception {
    System.setProperty("java.awt.headless", "true");
    Security.addProvider(new BouncyCastleProvider());
    folder = Paths.get(given[0]);
    song = Paths.get(given[1]);
    kai = Paths.get(given[2]);
    Files.createDirectories(folder);
    notice("notice.ofd");
    drawing("drawing.ofd");
    embedded("embedded.ofd");
    attached("attached.ofd");
    sealed("sealed.ofd");
  }

  static org.ofdrw.font.Font named(String name) {
    org.ofdrw.font.Font font = new org.ofdrw.font.Font(name, name, name.contains("楷") ? kai : song);
    font.setEmbeddable(false);
    return font;
  }

  static void write(DrawContext ctx, String font, double millimetres, double x, double y, String text) {
    ctx.setFont(new FontSetting(millimetres, named(font)));
    try {
      ctx.fillText(text, x, y);
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  /** A notice over two pages: fonts by name only, a table of lines, a picture. */
  static void notice(String name) throws Exception {
    try (OFDDoc doc = new OFDDoc(folder.resolve(name))) {
      doc.setDefaultPageLayout(PageLayout.A4());
      VirtualPage text = new VirtualPage(PageLayout.A4());
      text.add(absolute(ctx -> {
        write(ctx, "方正小标宋简体", 7.76, 44, 50, "关于公开财务收支情况的公告");
        write(ctx, "仿宋", 5.64, 28, 70, "各村民委员会：");
        write(ctx, "仿宋", 5.64, 39.3, 80, "根据《中华人民共和国政府信息公开条例》第十九");
        write(ctx, "仿宋", 5.64, 28, 90, "条，现将本季度财务收支情况公开，公示期七个工作日。");
        write(ctx, "黑体", 5.64, 39.3, 100, "一、收入情况");
        write(ctx, "楷体", 5.64, 39.3, 110, "（一）上级拨款 1,250,000.00 元；");
        write(ctx, "Times New Roman", 5, 39.3, 120, "No. 12 (2026), page 1 of 2");
      }));
      doc.addVPage(text);
      VirtualPage table = new VirtualPage(PageLayout.A4());
      table.add(absolute(ctx -> {
        ctx.setLineWidth(0.3);
        for (int i = 0; i <= 4; i++) ctx.strokeRect(20, 30 + i * 10, 170, 10);
        ctx.setLineWidth(0.6).setStrokeColor(200, 0, 0);
        ctx.beginPath().moveTo(80, 30).lineTo(80, 80).stroke();
        ctx.setFont(new FontSetting(4.5, named("宋体")));
        String[][] rows = {{"项目", "金额（元）"}, {"道路维修", "320,000.00"}, {"饮水工程", "158,000.00"}, {"环境整治", "45,600.00"}, {"合计", "523,600.00"}};
        for (int i = 0; i < rows.length; i++) {
          ctx.fillText(rows[i][0], 25, 37 + i * 10);
          ctx.fillText(rows[i][1], 90, 37 + i * 10);
        }
      }));
      table.add(new Img(60d, 40d, picture(300, 200, "png")).setPosition(Position.Absolute).setX(20d).setY(100d));
      table.add(new Img(60d, 40d, picture(300, 200, "jpg")).setPosition(Position.Absolute).setX(100d).setY(100d));
      doc.addVPage(table);
    }
  }

  static Canvas absolute(Drawer drawer) {
    Canvas canvas = new Canvas(210d, 297d);
    canvas.setPosition(Position.Absolute).setX(0d).setY(0d);
    canvas.setDrawer(drawer);
    return canvas;
  }

  static Path picture(int width, int height, String format) throws Exception {
    BufferedImage image = new BufferedImage(width, height, "jpg".equals(format) ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(220, 235, 255));
    g.fillRect(0, 0, width, height);
    g.setColor(new Color(30, 120, 60));
    g.fillPolygon(new int[] {0, width / 2, width}, new int[] {height, height / 3, height}, 3);
    g.setColor(new Color(240, 180, 0));
    g.fillOval(width - 80, 20, 50, 50);
    g.dispose();
    Path file = Files.createTempFile("picture", "." + format);
    ImageIO.write(image, format, file.toFile());
    return file;
  }

  /** Curves, arcs, dashes, a clip, transparency, gradients, turned letters and pictures. */
  static void drawing(String name) throws Exception {
    try (OFDDoc doc = new OFDDoc(folder.resolve(name))) {
      VirtualPage page = new VirtualPage(PageLayout.A4());
      Path photo = picture(200, 100, "png");
      page.add(absolute(ctx -> {
        ctx.setFillColor(0, 90, 180).fillRect(20, 20, 40, 25);
        ctx.setGlobalAlpha(0.4).setFillColor(220, 30, 30).fillRect(45, 30, 40, 25);
        ctx.setGlobalAlpha(1.0);
        ctx.beginPath().setStrokeColor(0, 0, 0).setLineWidth(1).arc(120, 40, 18, 0, 270).stroke();
        ctx.beginPath().moveTo(150, 25).quadraticCurveTo(165, 60, 190, 25).stroke();
        ctx.beginPath().moveTo(150, 50).bezierCurveTo(160, 30, 180, 70, 190, 50).stroke();
        ctx.setLineDash(0d, new Double[] {3d, 1.5d}).setLineCap(LineCapType.Butt).setLineWidth(0.8);
        ctx.beginPath().moveTo(20, 65).lineTo(190, 65).stroke();
      }));
      page.add(absolute(ctx -> {
        ctx.save();
        ctx.beginPath().rect(20, 75, 50, 30).clip();
        ctx.setFillColor(0, 160, 80);
        ctx.beginPath().moveTo(20, 75).lineTo(100, 75).lineTo(45, 125).closePath().fill();
        ctx.restore();
        CanvasGradient linear = ctx.createLinearGradient(80d, 0d, 130d, 0d);
        linear.addColorStop(0, "rgb(255,0,0)");
        linear.addColorStop(0.5, "rgb(255,255,0)");
        linear.addColorStop(1, "rgb(0,0,255)");
        ctx.fillStyle = linear;
        ctx.fillRect(80, 75, 50, 30);
      }));
      page.add(absolute(ctx -> {
        CanvasRadialGradient round = ctx.createRadialGradient(165d, 90d, 2d, 165d, 90d, 16d);
        round.addColorStop(0, "rgb(255,255,255)");
        round.addColorStop(1, "rgb(120,0,120)");
        ctx.fillStyle = round;
        ctx.fillRect(148, 75, 34, 30);
      }));
      page.add(absolute(ctx -> {
        ctx.setFont(new FontSetting(8, named("黑体")));
        ctx.setFillColor(60, 60, 60);
        ctx.save();
        ctx.translate(30, 130);
        ctx.rotate(20);
        ctx.fillText("旋转二十度的文字", 0, 0);
        ctx.drawImage(photo, 10, 10, 50, 25);
        ctx.restore();
        ctx.setFont(new FontSetting(12, named("楷体")));
        ctx.setFillColor(180, 0, 0);
        ctx.fillText("公示", 120, 150);
      }));
      doc.addVPage(page);
    }
  }

  /** Two fonts carried along, one by name; annotations with an appearance. */
  static void embedded(String name) throws Exception {
    Path bare = Files.createTempFile("bare", ".ofd");
    try (OFDDoc doc = new OFDDoc(bare)) {
      VirtualPage page = new VirtualPage(PageLayout.A4());
      page.add(absolute(ctx -> {
        ctx.setFont(new FontSetting(6, new org.ofdrw.font.Font("本地楷体", "本地楷体", kai)));
        ctx.fillText("楷体随文件嵌入：公开、回应、解读。", 30, 50);
        write(ctx, "华文中宋", 6, 30, 65, "这一行只写了字体名：华文中宋。");
      }));
      doc.addVPage(page);
    }
    try (OFDReader reader = new OFDReader(bare); OFDDoc doc = new OFDDoc(reader, folder.resolve(name))) {
      doc.addAnnotation(1, new Annotation(60, 120, 60, 20, AnnotType.Stamp, ctx -> {
        ctx.setStrokeColor(200, 0, 0).setLineWidth(0.8).strokeRect(2, 2, 56, 16);
        ctx.setFont(new FontSetting(7, named("黑体"))).setFillColor(200, 0, 0);
        ctx.fillText("已审核", 14, 13);
      }).setCreator("张三丰"));
    }
  }

  /** What no page shows: an attachment, an author, data of the program's own. */
  static void attached(String name) throws Exception {
    Path file = Files.createTempFile("名单", ".txt");
    Files.write(file, "张伟 13812345678 低保名单".getBytes(StandardCharsets.UTF_8));
    try (OFDDoc doc = new OFDDoc(folder.resolve(name))) {
      VirtualPage page = new VirtualPage(PageLayout.A4());
      page.add(absolute(ctx -> write(ctx, "宋体", 6, 30, 50, "附件不在页面上。")));
      doc.addVPage(page);
      doc.addAttachment(new Attachment("低保名单", file));
      doc.getOfdDir().getOfd().getDocBody().getDocInfo().setAuthor("李某某").setCreator("某某编辑器").addKeyword("内部");
    }
  }

  /** Signed with a key made here: a seal on page 1, and one split over the edges of three pages. */
  static void sealed(String name) throws Exception {
    Path bare = Files.createTempFile("bare", ".ofd");
    try (OFDDoc doc = new OFDDoc(bare)) {
      for (int i = 1; i <= 3; i++) {
        VirtualPage page = new VirtualPage(PageLayout.A4());
        String text = "第 " + i + " 页：加盖电子印章的通知。";
        page.add(absolute(ctx -> {
          ctx.setFont(new FontSetting(6, named("仿宋")));
          ctx.fillText(text, 30, 60);
          ctx.fillText("某某镇人民政府", 120, 200);
          ctx.fillText("二〇二六年十一月二十七日", 110, 212);
        }));
        doc.addVPage(page);
      }
    }
    KeyPair keys = PKCGenerate.GenerateKeyPair();
    Certificate certificate = ownCertificate(keys);
    SESeal seal = seal(keys, certificate);
    try (OFDReader reader = new OFDReader(bare); OFDSigner signer = new OFDSigner(reader, folder.resolve(name))) {
      signer.setSignMode(SignMode.ContinueSign);
      signer.setSignContainer(new SESV4Container(keys.getPrivate(), seal, certificate));
      signer.addApPos(new NormalStampPos(1, 120, 180, 42, 42));
      signer.addApPos(new RidingStampPos(Side.Right, 42d, 42d));
      signer.exeSign();
    }
  }

  static Certificate ownCertificate(KeyPair keys) throws Exception {
    org.bouncycastle.asn1.x500.X500Name name = PKCGenerate.TestND();
    Date from = new Date(1767225600000L);
    org.bouncycastle.cert.X509v3CertificateBuilder builder = new org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder(
        name, java.math.BigInteger.ONE, from, new Date(from.getTime() + 4000L * 86400000L), name, keys.getPublic());
    org.bouncycastle.operator.ContentSigner signer =
        new org.bouncycastle.operator.jcajce.JcaContentSignerBuilder("SM3withSM2").setProvider("BC").build(keys.getPrivate());
    return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().setProvider("BC").getCertificate(builder.build(signer));
  }

  static SESeal seal(KeyPair keys, Certificate certificate) throws Exception {
    BufferedImage image = new BufferedImage(420, 420, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(215, 0, 15));
    g.setStroke(new java.awt.BasicStroke(14));
    g.drawOval(10, 10, 400, 400);
    g.setFont(Font.createFont(Font.TRUETYPE_FONT, song.toFile()).deriveFont(60f));
    g.drawString("某某镇", 120, 190);
    g.drawString("测试印章", 90, 270);
    g.dispose();
    File png = File.createTempFile("seal", ".png");
    ImageIO.write(image, "png", png);
    Date from = new Date(1767225600000L);
    SES_SealInfo info = new SES_SealInfo()
        .setHeader(new SES_Header(SES_Header.V4, new DERIA5String("gongkai")))
        .setEsID("gongkai-test-seal")
        .setProperty(new SES_ESPropertyInfo()
            .setType(new org.bouncycastle.asn1.ASN1Integer(3))
            .setName(new DERUTF8String("测试印章"))
            .setCertListType(SES_ESPropertyInfo.CertListType)
            .setCertList(new SES_CertList(new CertInfoList(new ASN1OctetString[] {new DEROctetString(certificate.getEncoded())})))
            .setCreateDate(new ASN1GeneralizedTime(from))
            .setValidStart(new ASN1GeneralizedTime(from))
            .setValidEnd(new ASN1GeneralizedTime(new Date(from.getTime() + 4000L * 86400000L))))
        .setPicture(new SES_ESPictrueInfo().setType("PNG").setData(Files.readAllBytes(png.toPath())).setWidth(42).setHeight(42));
    Signature signature = Signature.getInstance(GMObjectIdentifiers.sm2sign_with_sm3.toString(), new BouncyCastleProvider());
    signature.initSign(keys.getPrivate());
    signature.update(info.getEncoded("DER"));
    return new SESeal().seteSealInfo(info).setCert(certificate)
        .setSignAlgID(GMObjectIdentifiers.sm2sign_with_sm3).setSignedValue(signature.sign());
  }
}
