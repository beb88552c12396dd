package dev.quayside.exposure.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists programs that images commonly have and that can carry a conversation: each connects to the
 * host and port given as its last two words, sends its standard input there and prints what comes
 * back. So a key goes by standard input only and never stands in an argument. Status 7 says that
 * there was no connection.
 */
final class ProbeTools {

  private static final String PYTHON =
      """
      import os,select,socket,sys
      try: s=socket.create_connection((sys.argv[1],int(sys.argv[2])),5)
      except OSError: sys.exit(7)
      try:
        while 1:
          r,_,_=select.select([0,s],[],[],9)
          if not r: break
          if s in r:
            d=s.recv(4096)
            if not d: break
            os.write(1,d)
          elif 0 in r:
            d=os.read(0,4096)
            if not d: break
            s.sendall(d)
      except OSError: sys.exit(0)
      """;

  private static final String NODE =
      """
      const [host,port]=process.argv.slice(-2);
      let up=false;
      const s=require('net').connect(+port,host,()=>{up=true;process.stdin.pipe(s)});
      s.setTimeout(9000,()=>process.exit(up?0:7));
      s.on('error',()=>process.exit(up?0:7));
      s.on('data',d=>process.stdout.write(d));
      s.on('end',()=>process.stdout.write('',()=>process.exit(0)));
      process.stdin.on('end',()=>process.exit(0));
      """;

  private static final String BASH =
      "exec 3<>\"/dev/tcp/$1/$2\" || exit 7; command -v cat >/dev/null || exit 127;"
          + " cat <&3 & p=$!; cat >&3; kill $p; exit 0";

  /** The programs in the order in which they are tried: the surest first. */
  static final List<ProbeTool> ALL =
      List.of(
          new ProbeTool("python3", List.of("python3", "-c", PYTHON), true),
          new ProbeTool("node", List.of("node", "-e", NODE), true),
          new ProbeTool("bash", List.of("bash", "-c", BASH, "probe"), true),
          new ProbeTool("busybox nc", List.of("busybox", "nc", "-w", "9"), false),
          new ProbeTool("nc", List.of("nc", "-w", "9"), false));

  private ProbeTools() {}

  /**
   * One program.
   *
   * @param name for the receipt
   * @param command its words, to which host and port are added
   * @param endsWithInput whether it goes away when its input ends
   */
  record ProbeTool(String name, List<String> command, boolean endsWithInput) {
    List<String> to(String host, int port) {
      List<String> words = new ArrayList<>(command);
      words.add(host);
      words.add(Integer.toString(port));
      return words;
    }
  }
}
