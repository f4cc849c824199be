package dev.logintoken.launcher.http;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/**
 * Gives each connection a new buffer for what it receives, and pools the buffers for answers. When a caller sends a
 * malformed header, Jetty can go on reading into a buffer that it has released (seen with 12.1.14). From a pool,
 * another connection may have that buffer by then. The service would execute that connection's request a second time,
 * and the second answer could reach another caller. A test shows whether Jetty still does so.
 */
final class RequestBuffers extends ByteBufferPool.Wrapper {

    /** Only requests are read into such buffers. */
    private static final boolean DIRECT = false;

    /** A whole request, with some room: a new buffer is filled with zeros first. A longer request is read in parts. */
    private static final int SIZE = 2 * 1024;

    RequestBuffers() {
        super(new ArrayByteBufferPool());
    }

    /** Lets a connector take the buffers for its requests from here. */
    static void use(HttpConnectionFactory protocol) {
        protocol.setInputBufferSize(SIZE);
        HttpConfiguration http = protocol.getHttpConfiguration();
        http.setUseInputDirectByteBuffers(DIRECT);
        http.setUseOutputDirectByteBuffers(!DIRECT);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return direct == DIRECT ? NON_POOLING.acquire(size, direct) : super.acquire(size, direct);
    }
}
