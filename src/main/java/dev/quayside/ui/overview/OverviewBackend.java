package dev.quayside.ui.overview;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.ProblemException;
import dev.quayside.secrets.SecretStatus;
import java.util.List;

/** Tells the cards what is proven. The methods may block and are called off the FX thread. */
public interface OverviewBackend {

  /** Returns the archives that were made, newest first, with what is seen of each. */
  List<ShelvedArchive> archives() throws ProblemException;

  /** Returns the secrets of the stack {@code name}. */
  List<SecretStatus> secrets(String name) throws ProblemException;
}
