import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.GetLoginTokenErrors;
import dev.logintoken.api.model.LoginToken;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.ext.ContextResolver;
import org.glassfish.jersey.client.proxy.WebResourceFactory;

class Client {
    static class Json implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return new ObjectMapper().registerModule(new JavaTimeModule());
        }
    }

    public static void main(String[] args) throws Exception {
        WebTarget service = ClientBuilder.newClient().register(new Json()).target(args[0]);
        UserApi user = WebResourceFactory.newResource(UserApi.class, service);

        LoginToken login = user.getLoginToken("sandbox-api-key", null, null, "activeuser000000000000000000000000000000");
        System.out.println(login.getUuid() + " " + login.getToken() + " " + login.getExpiryDate());
        try {
            user.getLoginToken("sandbox-api-key", null, null, null);
        } catch (BadRequestException refused) {
            refused.getResponse()
                    .readEntity(GetLoginTokenErrors.class)
                    .getErrors()
                    .forEach((code, error) -> System.out.println(code + " " + error.getMessage()));
        }
    }
}
