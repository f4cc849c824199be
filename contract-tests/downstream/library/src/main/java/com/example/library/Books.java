package com.example.library;

import com.example.library.api.BooksApi;
import com.example.library.model.Book;
import com.example.library.model.BookErrorCode;
import com.example.library.model.GetBookErrorCode;
import com.example.library.model.LendBookErrorCode;
import com.example.library.model.Loan;
import com.example.library.model.LoanErrorCode;
import jakarta.ws.rs.core.Response;

import java.util.concurrent.atomic.AtomicBoolean;

/** Shows a book and lends it. With the code of the other operation, a refusal does not compile. */
public class Books implements BooksApi {

    private static final String ISBN = "9780131103627";

    private final AtomicBoolean lent = new AtomicBoolean();

    @Override
    public Book getBook(String isbn) throws GetBookErrorCode.Refused {
        if (!isbn.equals(ISBN)) {
            throw new GetBookErrorCode.Refused(BookErrorCode.NO_BOOK);
        }
        return new Book().isbn(ISBN).title("The C Programming Language");
    }

    @Override
    public Response lendBook(Loan loan) throws LendBookErrorCode.Refused {
        if (lent.getAndSet(true)) {
            throw new LendBookErrorCode.Refused(LoanErrorCode.LENT);
        }
        return LendBookSuccess.status201().build();
    }
}
