import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDFs with veraPDF: reads lines of "FLAVOUR PATH" (2b, 2a, 3b, ua1), answers each with one line:
 * flavour, tab, "pass" or "fail" or "error", tab, the clauses that failed with how often and one sentence, tab, path.
 */
public final class PdfaCheck {
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.indexOf(' ');
      if (space < 0) continue;
      String name = line.substring(0, space);
      String path = line.substring(space + 1);
      System.out.println(name + "\t" + judge(PDFAFlavour.byFlavourId(name), new File(path)) + "\t" + path);
      System.out.flush();
    }
  }

  private static String judge(PDFAFlavour flavour, File file) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 500, false, false, false)) {
      ValidationResult result = validator.validate(parser);
      if (result.isCompliant()) return "pass\t";
      Map<String, Integer> failed = new LinkedHashMap<>();
      Map<String, String> said = new LinkedHashMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() != TestAssertion.Status.FAILED) continue;
        String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
        failed.merge(rule, 1, Integer::sum);
        String detail = one.getErrorMessage() == null ? one.getMessage() : one.getErrorMessage();
        said.putIfAbsent(rule, detail + " @ " + one.getLocation().getContext());
      }
      StringBuilder text = new StringBuilder();
      failed.forEach((rule, count) -> {
        if (text.length() > 0) text.append(" | ");
        text.append(rule).append(" x").append(count).append(' ').append(said.get(rule).replaceAll("\\s+", " "));
      });
      return "fail\t" + text;
    } catch (Exception | StackOverflowError thrown) {
      return "error\t" + String.valueOf(thrown).replaceAll("\\s+", " ");
    }
  }
}
