package org.explain4j.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Download;

/** A download that is a list of files. */
interface Published extends Download {

  List<RemoteFile> files();

  @Override
  default List<Path> fetch(Request request) throws IOException {
    Fetcher fetcher = new Fetcher(Patience.of(request.timeout()));
    List<Path> paths = new ArrayList<>();
    for (RemoteFile file : files()) {
      List<URI> sources =
          request.mirror().map(mirror -> List.of(mirrored(mirror, file))).orElse(file.sources());
      paths.add(fetcher.fetch(file, sources, request));
    }
    return paths;
  }

  private URI mirrored(URI mirror, RemoteFile file) {
    String base = mirror.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + id() + "/" + file.name());
  }
}
