package org.explain4j.datasets.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxies that {@code http_proxy}, {@code https_proxy} and {@code no_proxy} name, in either
 * case, as curl reads them; where they name none, those of Java's system properties. Proxies that
 * require a password are not supported.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 1080; // curl's

  private final Map<String, String> environment;

  /**
   * @param environment variables by name
   */
  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String proxy = variable(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
    if (proxy.isEmpty() || isExcluded(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))) {
      ProxySelector javas = ProxySelector.getDefault();
      return proxy.isEmpty() && javas != null ? javas.select(uri) : List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, address(proxy)));
  }

  private String variable(String name) {
    String lower = environment.getOrDefault(name, "");
    return lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
  }

  /** Whether {@code no_proxy} has the host, a domain that it is in, or {@code *}. */
  private boolean isExcluded(String host) {
    return Arrays.stream(variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .map(domain -> domain.startsWith(".") ? domain.substring(1) : domain)
        .filter(domain -> !domain.isEmpty())
        .anyMatch(
            domain -> domain.equals("*") || host.equals(domain) || host.endsWith("." + domain));
  }

  private static InetSocketAddress address(String proxy) {
    URI uri;
    try {
      uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
    } catch (URISyntaxException e) {
      throw noAddress(proxy, e);
    }
    if (uri.getHost() == null) {
      throw noAddress(proxy, null);
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
  }

  private static IllegalArgumentException noAddress(String proxy, URISyntaxException cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The proxy '%s' is not an address.\nMaybe set http_proxy and https_proxy to http://HOST:PORT.",
            proxy),
        cause);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The transfer itself fails with the reason.
  }
}
