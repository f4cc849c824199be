package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"example/logintoken"
)

func main() {
	configuration := logintoken.NewConfiguration()
	configuration.Servers[0].URL = os.Args[1]
	user := logintoken.NewAPIClient(configuration).UserAPI
	partner := context.WithValue(context.Background(), logintoken.ContextAPIKeys,
		map[string]logintoken.APIKey{"apiKey": {Key: "sandbox-api-key"}})

	login, _, err := user.GetLoginToken(partner).UserIdentifier("activeuser000000000000000000000000000000").Execute()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(login.Uuid, login.Token, login.ExpiryDate.Format(time.RFC3339))

	_, _, err = user.GetLoginToken(partner).Execute()
	var refused *logintoken.GenericOpenAPIError
	if !errors.As(err, &refused) {
		log.Fatal(err)
	}
	for _, e := range refused.Model().(logintoken.GetLoginTokenErrors).Errors {
		fmt.Println(e.Code, e.Message)
	}
}
