import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import javax.imageio.ImageIO;
import org.ofdrw.converter.FontLoader;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.reader.OFDReader;

/** ofdrw's own drawing of OFD files, as a second opinion: java DrawOfd FONTS OUT DPI FILE.ofd…, a PNG a page. */
public class DrawOfd {
  public static void main(String[] given) throws Exception {
    System.setProperty("java.awt.headless", "true");
    org.bouncycastle.jce.provider.BouncyCastleProvider provider = new org.bouncycastle.jce.provider.BouncyCastleProvider();
    java.security.Security.addProvider(provider);
    Path fonts = Paths.get(given[0]);
    FontLoader loader = FontLoader.getInstance();
    for (String pair : java.nio.file.Files.readAllLines(fonts)) {
      String[] parts = pair.split("\t");
      loader.addSystemFontMapping(parts[0], parts[1]);
    }
    double perMillimetre = Double.parseDouble(given[2]) / 25.4;
    for (int i = 3; i < given.length; i++) {
      Path file = Paths.get(given[i]);
      try (OFDReader reader = new OFDReader(file)) {
        ImageMaker maker = new ImageMaker(reader, perMillimetre);
        for (int page = 0; page < maker.pageSize(); page++)
          ImageIO.write(maker.makePage(page), "PNG", new File(given[1], file.getFileName() + "-" + (page + 1) + ".png"));
      }
    }
  }
}
