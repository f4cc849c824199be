import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.UserApi;
import org.openapitools.client.model.GetLoginTokenErrors;
import org.openapitools.client.model.LoginToken;

class Client {
    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        client.setRequestInterceptor(request -> request.header("X-Api-Key", "sandbox-api-key"));
        UserApi user = new UserApi(client);

        LoginToken login = user.getLoginToken(null, "activeuser000000000000000000000000000000", null);
        System.out.println(login.getUuid() + " " + login.getToken() + " " + login.getExpiryDate());
        try {
            user.getLoginToken(null, null, null);
        } catch (ApiException refused) {
            client.getObjectMapper()
                    .readValue(refused.getResponseBody(), GetLoginTokenErrors.class)
                    .getErrors()
                    .values()
                    .forEach(error -> System.out.println(error.getCode() + " " + error.getMessage()));
        }
    }
}
