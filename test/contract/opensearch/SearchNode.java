import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node on a free port of the loopback, for tests: tells its port in one line, and ends when its standard
 * input does, so that it never outlives the test that started it. The argument is a folder of its own.
 */
public final class SearchNode extends Node {
  private SearchNode(Environment environment) {
    super(environment, List.of(Netty4Plugin.class), false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.builder()
        .put("path.home", arguments[0])
        .put("cluster.name", "gongkai-test")
        .put("node.name", "one")
        .put("discovery.type", "single-node")
        .put("http.type", "netty4")
        .put("transport.type", "netty4")
        .put("http.host", "127.0.0.1")
        .put("transport.host", "127.0.0.1")
        .put("http.port", "0")
        .put("transport.port", "0")
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), Path.of(arguments[0], "config"), () -> "one");
    try (SearchNode node = new SearchNode(environment)) {
      node.start();
      int port = node.injector()
          .getInstance(HttpServerTransport.class)
          .boundAddress().publishAddress().getPort();
      System.out.println("listening on " + port);
      while (System.in.read() >= 0) {
        // until whoever started it is gone
      }
    }
    System.exit(0);
  }
}
